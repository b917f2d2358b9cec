/// What the shop would give back.
public struct ShopifyRefundCalculation: Sendable, Decodable {
    public struct Line: Sendable, Decodable {
        public let lineItemID: ShopifyID
        public let quantity: Int
        public let subtotal: DecimalText?
        public let tax: DecimalText?

        private enum CodingKeys: String, CodingKey {
            case quantity, subtotal
            case lineItemID = "line_item_id"
            case tax = "total_tax"
        }
    }

    public struct Shipping: Sendable, Decodable {
        public let amount: DecimalText?
        public let tax: DecimalText?
    }

    /// How the shop would share it out over the payments.
    public struct Payment: Sendable, Decodable {
        public let parentID: ShopifyID
        public let gateway: String?
        public let amount: DecimalText

        private enum CodingKeys: String, CodingKey {
            case gateway, amount
            case parentID = "parent_id"
        }
    }

    public let currency: String?
    public let shipping: Shipping?
    public let lines: [Line]
    public let payments: [Payment]

    private enum CodingKeys: String, CodingKey {
        case currency, shipping
        case lines = "refund_line_items"
        case payments = "transactions"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        currency = try container.nonEmptyText(.currency)
        shipping = try container.decodeIfPresent(Shipping.self, forKey: .shipping)
        lines = try container.list(.lines)
        payments = try container.list(.payments)
    }
}
