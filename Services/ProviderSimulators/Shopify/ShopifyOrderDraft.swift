import Foundation

/// An order as it is asked for at the control surface; what is left out has a usual value.
///
/// Odd orders are wanted too: any currency, any quantity, no address. Only what cannot be computed is refused. With a
/// `presentment_currency` the amounts are in that, and `shop_rate` is what one of it is in the shop's `currency`.
struct ShopifyOrderDraft: Sendable {
    struct Line: Sendable {
        var json: JSON
        var quantity: Int
        var price: Decimal
    }

    struct Tender: Sendable {
        var gateway: String
        var amount: Decimal
        var authorization: String?
    }

    var lines: [Line]
    var money: ShopifyMoney
    var taxesIncluded: Bool
    var taxRate: Decimal
    var shipping: Decimal
    var shippingDiscount: Decimal
    var shippingTaxRate: Decimal
    var discount: Decimal
    var email: String?
    var customerLocale: JSON
    var shippingAddress: JSON
    var transactions: [Tender]?
    var financialStatus: String
    var sendsWebhooks: Bool
    var json: JSON

    init(_ json: JSON) throws {
        guard let lines = json["line_items"].array, !lines.isEmpty else {
            throw Refusal(response: .problem(422, "line_items must hold at least one line."))
        }
        self.json = json
        self.lines = try lines.map(Self.line)
        money = try Self.money(json)
        taxesIncluded = json["taxes_included"].bool ?? false
        taxRate = try Self.amount(json, "tax_rate")
        shipping = try Self.amount(json, "shipping_price")
        shippingDiscount = try Self.amount(json, "shipping_discount")
        shippingTaxRate = try Self.amount(json, "shipping_tax_rate")
        guard shippingDiscount <= shipping else {
            throw Refusal(response: .problem(422, "shipping_discount must be no more than shipping_price."))
        }
        discount = try Self.amount(json, "discount")
        let members = json.object ?? JSONObject()
        email = members["email"] == nil ? "ana@example.com" : json["email"].string
        customerLocale = members["customer_locale"] ?? .null
        shippingAddress = Self.address(members["shipping_address"])
        transactions = try json["transactions"].array.map { try $0.map(Self.transaction) }
        financialStatus = json["financial_status"].string ?? "paid"
        sendsWebhooks = json["send_webhook"].bool ?? false
    }

    private static func money(_ json: JSON) throws -> ShopifyMoney {
        let currency = json["currency"].string ?? "USD"
        guard let foreign = json["presentment_currency"].string, foreign != currency else {
            return ShopifyMoney(currency: currency)
        }
        guard let rate = json["shop_rate"].decimal, rate > 0 else {
            throw Refusal(response: .problem(422, "shop_rate must say what one \(foreign) is in \(currency)."))
        }
        return ShopifyMoney(currency: foreign, shop: .init(currency: currency, rate: rate))
    }

    private static func line(_ json: JSON) throws -> Line {
        guard let quantity = json["quantity"].isNull ? 1 : json["quantity"].int else {
            throw Refusal(response: .problem(422, "line_items.quantity must be a whole number."))
        }
        return Line(json: json, quantity: quantity, price: try amount(json, "price"))
    }

    private static func transaction(_ json: JSON) throws -> Tender {
        Tender(
            gateway: json["gateway"].string ?? "shopify_payments", amount: try amount(json, "amount"),
            authorization: json["authorization"].string)
    }

    private static func amount(_ json: JSON, _ name: String) throws -> Decimal {
        guard !json[name].isNull else { return 0 }
        guard let amount = json[name].decimal else {
            throw Refusal(response: .problem(422, "\(name) must be an amount."))
        }
        return amount
    }

    /// Left out: a usual address. Null: none. Given: completed with the names a shop always has.
    static func address(_ json: JSON?) -> JSON {
        guard let json else { return usualAddress }
        guard let given = json.object else { return .null }
        let names = usualAddress.object?.keys ?? []
        var address = JSONObject(names.map { ($0, given[$0] ?? .null) }).merging(given)
        if address["name"]?.isNull != false {
            let parts = [address["first_name"]?.string, address["last_name"]?.string].compactMap { $0 }
            address["name"] = parts.isEmpty ? .null : .string(parts.joined(separator: " "))
        }
        return .object(address)
    }

    private static let usualAddress: JSON = [
        "first_name": "Ana", "last_name": "Ruiz", "name": "Ana Ruiz", "company": nil, "address1": "92 Chestnut St",
        "address2": "", "city": "Louisville", "province": "Kentucky", "province_code": "KY", "zip": "40202",
        "country": "United States", "country_code": "US", "phone": "+15024592181",
    ]
}

extension ShopifyOrderDraft {
    /// The draft's lines with their exact shares of discount and tax.
    func pricedLines(_ ids: inout ShopifyIDs) -> [ShopifyLine] {
        let gross = lines.map { $0.price * Decimal($0.quantity) }
        let discounts = money.allocate(discount, weights: gross.map { max(0, $0) })
        return lines.indices.map { index in
            let id = ids.line.take()
            let source = lines[index].json
            let net = gross[index] - discounts[index]
            return ShopifyLine(
                id: id, productID: source["product_id"].int ?? 632_910_392,
                variantID: source["variant_id"].int ?? 49_148_385 + id % 1_000_000,
                sku: source["sku"].string, title: source["title"].string ?? source["sku"].string ?? "Untitled",
                variantTitle: source["variant_title"].string, quantity: lines[index].quantity,
                price: lines[index].price, discount: discounts[index], tax: tax(on: net, at: taxRate), taxRate: taxRate,
                requiresShipping: source["requires_shipping"].bool ?? true,
                giftCard: source["gift_card"].bool ?? false,
                properties: source["properties"].isNull ? [] : source["properties"])
        }
    }

    var shippingTax: Decimal { tax(on: shipping - shippingDiscount, at: shippingTaxRate) }

    private func tax(on net: Decimal, at rate: Decimal) -> Decimal {
        money.rounded(taxesIncluded ? net * rate / (1 + rate) : net * rate)
    }
}
