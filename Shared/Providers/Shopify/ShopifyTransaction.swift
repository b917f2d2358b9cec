/// A movement of an order's money in the shop.
public struct ShopifyTransaction: Sendable, Codable, Equatable {
    public let id: ShopifyID
    /// `authorization`, `capture`, `sale`, `void` or `refund`.
    public let kind: String
    /// `pending`, `failure`, `success` or `error`.
    public let status: String
    public let gateway: String?
    public let amount: DecimalText
    public let currency: String?
    /// Of a refund: the sale or capture it gives back from.
    public let parentID: ShopifyID?

    private enum CodingKeys: String, CodingKey {
        case id, kind, status, gateway, amount, currency
        case parentID = "parent_id"
    }

    public var hasSucceeded: Bool { status == "success" }
    public var hasFailed: Bool { status == "failure" || status == "error" }
    public var bringsMoney: Bool { kind == "sale" || kind == "capture" }
    public var isRefund: Bool { kind == "refund" }
}
