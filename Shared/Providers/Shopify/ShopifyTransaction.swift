/// A movement of an order's money in the shop.
public struct ShopifyTransaction: Sendable, Codable, Equatable {
    public let id: ShopifyID
    /// `authorization`, `capture`, `sale`, `void` or `refund`.
    public let kind: String
    /// `pending`, `failure`, `success` or `error`.
    public let status: String
    public let gateway: String?
    /// What the gateway, or whoever entered the payment, names it by; nil where that is not told.
    public let authorization: String?
    /// In the currency the customer paid in.
    public let amount: DecimalText
    public let currency: String?
    /// The same in the shop's currency; nil where that is not told.
    public let shopAmount: DecimalText?
    public let shopCurrency: String?
    /// Of a refund: the sale or capture it gives back from.
    public let parentID: ShopifyID?

    private enum CodingKeys: String, CodingKey {
        case id, kind, status, gateway, authorization, amount, currency
        case shopAmount = "shop_amount"
        case shopCurrency = "shop_currency"
        case parentID = "parent_id"
    }

    /// The amount in one of its two currencies; nil for another. One that names no currency is the order's.
    public func amount(in currency: String) -> DecimalText? {
        if self.currency == nil || self.currency == currency { return amount }
        return shopCurrency == currency ? shopAmount : nil
    }

    public var hasSucceeded: Bool { status == "success" }
    public var hasFailed: Bool { status == "failure" || status == "error" }
    public var bringsMoney: Bool { kind == "sale" || kind == "capture" }
    public var isRefund: Bool { kind == "refund" }
}
