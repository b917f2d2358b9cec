/// A charge: money that was or will be taken for subscriptions.
public struct RechargeCharge: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        /// The subscription, or the one-time purchase.
        public let purchaseItemID: String
        public let sku: String?
        public let quantity: Int
    }

    public let id: String
    /// `queued`, `success`, `error`, `skipped`, `refunded`, `partially_refunded`, …
    public let status: String
    /// `YYYY-MM-DD`.
    public let scheduledAt: String?
    public let total: DecimalText?
    public let refunded: DecimalText
    public let currency: String?
    /// The shop's order of it; nil before it was charged.
    public let shopOrderID: String?
    public let lines: [Line]
}

extension RechargeCharge: Decodable {
    private struct External: Decodable {
        let ecommerce: DecimalText?
    }

    private enum CodingKeys: String, CodingKey {
        case id, status, currency
        case scheduledAt = "scheduled_at"
        case total = "total_price"
        case refunded = "total_refunds"
        case shopOrderID = "external_order_id"
        case lines = "line_items"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        status = try container.text(.status)?.lowercased() ?? ""
        currency = try container.nonEmptyText(.currency)
        scheduledAt = try container.nonEmptyText(.scheduledAt).map { String($0.prefix(10)) }
        total = try container.decodeIfPresent(DecimalText.self, forKey: .total)
        refunded = try container.decodeIfPresent(DecimalText.self, forKey: .refunded) ?? "0"
        let order = try container.decodeIfPresent(External.self, forKey: .shopOrderID)?.ecommerce?.text ?? ""
        shopOrderID = order.isEmpty ? nil : order
        lines = try container.list(.lines)
    }
}

extension RechargeCharge.Line: Decodable {
    private enum CodingKeys: String, CodingKey {
        case sku, quantity
        case purchaseItemID = "purchase_item_id"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        purchaseItemID = try container.text(.purchaseItemID) ?? ""
        sku = try container.nonEmptyText(.sku)
        quantity = try container.wholeNumber(.quantity) ?? 1
    }
}
