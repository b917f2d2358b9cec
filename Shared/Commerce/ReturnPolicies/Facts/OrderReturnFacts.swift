import Foundation

/// What is known about the order of a return.
public struct OrderReturnFacts: Hashable, Sendable {
    public var currency: Currency
    /// What the customer paid.
    public var total: Money?
    public var shippingCountry: String?
    public var orderedAt: Date?
    public var tags: Set<String>?
    public var discountCodes: Set<String>?
    /// Returns of this order before this one.
    public var returnsOnOrder: Int?
    public var lines: [OrderLineReturnFacts]

    public init(currency: Currency, lines: [OrderLineReturnFacts]) {
        self.currency = currency
        self.lines = lines
    }

    func line(_ id: String) -> OrderLineReturnFacts? {
        lines.first { $0.id == id }
    }

    /// The discounts on all lines; nil when one of them is not known.
    var discountTotal: Money? {
        let discounts = lines.map(\.discount)
        guard !discounts.contains(nil) else { return nil }
        return try? Money.sum(discounts.compactMap { $0 }, in: currency)
    }

    /// In units of 10⁻⁸ of a percent.
    var discountPercent: Int64? {
        let prices = lines.map(\.price)
        guard !prices.contains(nil), let price = try? Money.sum(prices.compactMap { $0 }, in: currency) else {
            return nil
        }
        return discountTotal.flatMap { OrderLineReturnFacts.percent($0, of: price) }
    }
}
