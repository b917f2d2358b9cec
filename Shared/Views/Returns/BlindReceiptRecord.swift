import Commerce
import Foundation

/// Goods that came in and that no return awaited, as the API shows them.
public struct BlindReceiptRecord: Sendable {
    /// How they came.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Of a return that only the warehouse knows.
        case unknown
        /// In the parcel of a return, beyond what it awaited.
        case beside
        /// For a return that was settled, or for units of it that another return or refund has by now.
        case late
    }

    /// Units of one item in one condition.
    public struct Goods: Codable, Sendable, Equatable {
        public var sku: String
        public var quantity: Int
        /// In the warehouse's words; nil while nobody has looked at them.
        public var condition: String?

        public init(sku: String, quantity: Int, condition: String? = nil) {
            self.sku = sku
            self.quantity = quantity
            self.condition = condition
        }

        enum CodingKeys: String, CodingKey { case sku, quantity, condition }

        /// One that nobody has looked at has the condition null.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(sku, forKey: .sku)
            try container.encode(quantity, forKey: .quantity)
            try container.encode(condition, forKey: .condition)
        }
    }

    public var id: BlindReceiptID
    public var status: BlindReceiptStatus
    public var kind: Kind
    /// The warehouse's of its return, and of the order that it was made for there.
    public var number: String?
    public var originalOrderNumber: String?
    /// The order of ours that this leads to; nil where it leads to none.
    public var orderID: OrderID?
    /// The return in whose parcel they came.
    public var cameWith: ReturnID?
    /// None while the warehouse has only told that something is there.
    public var goods: [Goods]
    /// The return that they are of.
    public var returnID: ReturnID?
    /// Who has decided that, when and why.
    public var reason: String?
    public var decidedBy: String?
    public var decidedAt: Date?
    public var createdAt: Date
    public var updatedAt: Date
}

/// A member that has no value is null.
extension BlindReceiptRecord: Encodable {
    enum CodingKeys: String, CodingKey {
        case id, status, kind, number, goods, reason
        case originalOrderNumber = "original_order_number"
        case orderID = "order_id"
        case cameWith = "came_with"
        case returnID = "return_id"
        case decidedBy = "decided_by"
        case decidedAt = "decided_at"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(status, forKey: .status)
        try container.encode(kind, forKey: .kind)
        try container.encode(number, forKey: .number)
        try container.encode(originalOrderNumber, forKey: .originalOrderNumber)
        try container.encode(orderID, forKey: .orderID)
        try container.encode(cameWith, forKey: .cameWith)
        try container.encode(goods, forKey: .goods)
        try container.encode(returnID, forKey: .returnID)
        try container.encode(reason, forKey: .reason)
        try container.encode(decidedBy, forKey: .decidedBy)
        try container.encode(decidedAt, forKey: .decidedAt)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
    }
}
