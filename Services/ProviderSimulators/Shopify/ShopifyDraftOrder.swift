import Foundation

/// An order that is not one yet: the customer is asked to pay it, or staff complete it.
struct ShopifyDraftOrder: Sendable {
    struct Line: Sendable {
        var variantID: Int?
        var sku: String?
        var title: String
        var price: Decimal
        var quantity: Int
    }

    var id: Int
    var number: Int
    var status = "open"
    /// What was sent, apart from lines and discount.
    var fields: JSONObject
    var tags: [String]
    var lines: [Line]
    var money: ShopifyMoney
    var discount: Decimal
    /// Of the net; the prices do not include it.
    var taxRate: Decimal
    var noteAttributes: JSON
    var invoiceSentAt: Date?
    var completedAt: Date?
    var orderID: Int?
    /// Until when its goods are kept from other customers; nil for not at all.
    var reservedUntil: Date?
    var createdAt: Date
    var updatedAt: Date

    var name: String { "#D\(number)" }
    var subtotal: Decimal { lines.reduce(0) { $0 + $1.price * Decimal($1.quantity) } }
    private var net: Decimal { max(0, subtotal - discount) }
    /// Rounded line by line, as on the order it becomes.
    var lineTaxes: [Decimal] {
        let gross = lines.map { $0.price * Decimal($0.quantity) }
        let shares = money.allocate(min(discount, subtotal), weights: gross)
        return zip(gross, shares).map { money.rounded(($0 - $1) * taxRate) }
    }
    var total: Decimal { lineTaxes.reduce(net, +) }

    func json() -> JSON {
        [
            "id": .int(id), "admin_graphql_api_id": .string("gid://shopify/DraftOrder/\(id)"), "name": .string(name),
            "status": .string(status), "currency": .string(money.currency), "email": fields["email"] ?? .null,
            "note": fields["note"] ?? .null, "tags": .string(tags.joined(separator: ", ")),
            "customer": fields["customer"] ?? .null, "shipping_address": fields["shipping_address"] ?? .null,
            "line_items": .array(zip(lines, lineTaxes).map { $0.json(money, tax: $1, rate: taxRate) }),
            "note_attributes": noteAttributes,
            "applied_discount": discount == 0
                ? .null
                : ["value_type": "fixed_amount", "value": money.json(discount), "amount": money.json(discount)],
            "taxes_included": false, "subtotal_price": money.json(net), "total_tax": money.json(total - net),
            "total_price": money.json(total),
            "invoice_url": .string("https://checkout.example/invoices/\(id)"),
            "invoice_sent_at": ShopifyOrder.moment(invoiceSentAt), "completed_at": ShopifyOrder.moment(completedAt),
            "order_id": orderID.map(JSON.int) ?? .null, "created_at": ShopifyOrder.moment(createdAt),
            "updated_at": ShopifyOrder.moment(updatedAt),
        ]
    }
}

extension ShopifyDraftOrder.Line {
    fileprivate func json(_ money: ShopifyMoney, tax: Decimal, rate: Decimal) -> JSON {
        [
            "variant_id": variantID.map(JSON.int) ?? .null, "sku": .text(sku), "title": .string(title),
            "custom": .bool(variantID == nil), "quantity": .int(quantity), "price": money.json(price),
            "tax_lines": rate == 0
                ? [] : [["title": "Sales Tax", "price": money.json(tax), "rate": .decimal(rate)]],
        ]
    }

    /// A variant at its own price, or something with a title and price of its own.
    init(_ json: JSON, _ variants: [String: ShopifyVariant]) throws {
        guard let quantity = json["quantity"].int, quantity > 0 else {
            throw Refusal.shopify(field: "line_items", "quantity must be greater than 0")
        }
        if let id = json["variant_id"].scalarText.flatMap({ Int($0) }) {
            guard let variant = variants.values.first(where: { $0.id == id }) else {
                throw Refusal.shopify(field: "line_items", "variant \(id) does not exist")
            }
            self.init(
                variantID: id, sku: variant.sku, title: variant.title, price: variant.price, quantity: quantity)
            return
        }
        guard let title = json["title"].string, !title.isEmpty, let price = json["price"].decimal, price >= 0 else {
            throw Refusal.shopify(field: "line_items", "title and price can't be blank for a custom item")
        }
        self.init(variantID: nil, sku: json["sku"].string, title: title, price: price, quantity: quantity)
    }

    /// The line of the order that the draft becomes.
    fileprivate func ordered(_ money: ShopifyMoney) -> JSON {
        var line = JSONObject([
            ("title", .string(title)), ("quantity", .int(quantity)), ("price", money.json(price)),
            ("sku", .text(sku)),
        ])
        if let variantID { line["variant_id"] = .int(variantID) }
        return .object(line)
    }
}

extension ShopifyDraftOrder {
    /// The order it becomes. What nobody pays is paid by the discount.
    func order(isPaid: Bool, gateway: String) -> JSON {
        var order = JSONObject([
            ("line_items", .array(lines.map { $0.ordered(money) })), ("currency", .string(money.currency)),
            ("email", fields["email"] ?? .null), ("shipping_address", fields["shipping_address"] ?? .null),
            ("note", fields["note"] ?? .null), ("tags", .array(tags.map(JSON.string))),
            ("discount", money.json(min(discount, subtotal))),
            ("tax_rate", .decimal(taxRate)), ("note_attributes", noteAttributes),
            ("financial_status", isPaid ? "paid" : "pending"), ("send_webhook", true),
        ])
        if let customer = fields["customer"], customer.object != nil { order["customer"] = customer }
        let payments: [JSON] =
            isPaid && total > 0 ? [["gateway": .string(gateway), "amount": money.json(total)]] : []
        order["transactions"] = .array(payments)
        return .object(order)
    }
}
