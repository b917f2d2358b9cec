/// Who ordered.
public struct ShopifyCustomer: Sendable, Decodable {
    public let id: ShopifyID?
    public let email: String?
    public let firstName: String?
    public let lastName: String?
    public let phone: String?
    public let tags: ShopifyTags?

    private enum CodingKeys: String, CodingKey {
        case id, email, phone, tags
        case firstName = "first_name"
        case lastName = "last_name"
    }
}

public struct ShopifyAddress: Sendable, Decodable {
    public let name: String?
    public let firstName: String?
    public let lastName: String?
    public let company: String?
    public let address1: String?
    public let address2: String?
    public let city: String?
    public let province: String?
    public let provinceCode: String?
    public let zip: String?
    public let countryCode: String?
    public let country: String?
    public let phone: String?

    private enum CodingKeys: String, CodingKey {
        case name, company, address1, address2, city, province, zip, country, phone
        case firstName = "first_name"
        case lastName = "last_name"
        case provinceCode = "province_code"
        case countryCode = "country_code"
    }
}

/// Units that were taken back, money that was given back, or both.
public struct ShopifyRefund: Sendable, Decodable {
    public struct Line: Sendable, Decodable {
        public let lineItemID: ShopifyID
        public let quantity: Int
        /// `cancel` for units that had not been fulfilled.
        public let restockType: String?
        /// What the units came to; with tax where prices include it.
        public let subtotal: DecimalText?
        public let tax: DecimalText?
        /// The same in the customer's currency; nil where that is not told.
        public let presentmentSubtotal, presentmentTax: DecimalText?

        private enum CodingKeys: String, CodingKey {
            case quantity, subtotal
            case lineItemID = "line_item_id"
            case restockType = "restock_type"
            case subtotalSet = "subtotal_set"
            case tax = "total_tax"
            case taxSet = "total_tax_set"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            lineItemID = try container.decode(ShopifyID.self, forKey: .lineItemID)
            quantity = try container.decode(Int.self, forKey: .quantity)
            restockType = try container.decodeIfPresent(String.self, forKey: .restockType)
            subtotal = try container.decodeIfPresent(DecimalText.self, forKey: .subtotal)
            tax = try container.decodeIfPresent(DecimalText.self, forKey: .tax)
            presentmentSubtotal = try container.presentmentAmount(set: .subtotalSet)
            presentmentTax = try container.presentmentAmount(set: .taxSet)
        }
    }

    /// What was given back beyond the lines: `shipping_refund`, `refund_discrepancy`. Negative.
    public struct Adjustment: Sendable, Decodable {
        public let kind: String?
        public let amount: DecimalText?
        public let tax: DecimalText?
        /// The same in the customer's currency; nil where that is not told.
        public let presentmentAmount, presentmentTax: DecimalText?

        private enum CodingKeys: String, CodingKey {
            case kind, amount
            case amountSet = "amount_set"
            case tax = "tax_amount"
            case taxSet = "tax_amount_set"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            kind = try container.decodeIfPresent(String.self, forKey: .kind)
            amount = try container.decodeIfPresent(DecimalText.self, forKey: .amount)
            tax = try container.decodeIfPresent(DecimalText.self, forKey: .tax)
            presentmentAmount = try container.presentmentAmount(set: .amountSet)
            presentmentTax = try container.presentmentAmount(set: .taxSet)
        }
    }

    public let id: ShopifyID?
    public let note: String?
    public let lines: [Line]?
    public let adjustments: [Adjustment]?
    public let transactions: [ShopifyTransaction]?

    init(id: ShopifyID, note: String?, transactions: [ShopifyTransaction]) {
        self.id = id
        self.note = note
        lines = nil
        adjustments = nil
        self.transactions = transactions
    }

    private enum CodingKeys: String, CodingKey {
        case id, note, transactions
        case lines = "refund_line_items"
        case adjustments = "order_adjustments"
    }
}

struct ShopifyShippingLine: Decodable {
    let price: DecimalText?
    /// In the customer's currency.
    let presentmentPrice: DecimalText?

    private enum CodingKeys: String, CodingKey {
        case price
        case priceSet = "price_set"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        price = try container.shopAmount(.price, set: .priceSet)
        presentmentPrice = try container.presentmentAmount(set: .priceSet)
    }
}
