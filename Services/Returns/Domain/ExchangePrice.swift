import Commerce
import Contracts
import Providers

/// What the goods of an exchange cost before anything is credited, as the shop reckons it.
struct ExchangePrice: Sendable, Equatable {
    /// Before tax, as the shop's discounts are; with it where its prices include it.
    let subtotal: Money
    let tax: Money
    /// With tax.
    let total: Money

    private enum Attribute {
        static let (subtotal, tax, total) = ("exchange_subtotal", "exchange_tax", "exchange_total")
    }

    /// Of a draft without a discount, or with one that was set together with these figures.
    ///
    /// Nil for one that an older build has set a discount on: its tax is of what is left, not of the goods.
    /// Failure: `MoneyError` where the shop's amounts are none in the currency.
    init?(_ draft: ShopifyDraftOrder, in currency: Currency) throws(MoneyError) {
        if let noted = Self.noted(draft) {
            (subtotal, tax, total) = (
                try Money(noted.subtotal, currency), try Money(noted.tax, currency), try Money(noted.total, currency)
            )
            return
        }
        guard !draft.isDiscounted else { return nil }
        tax = try Money(draft.tax, currency)
        total = try Money(draft.total, currency)
        subtotal = try draft.subtotal == nil ? total - tax : Money(draft.subtotal, currency)
    }

    private static func noted(
        _ draft: ShopifyDraftOrder
    ) -> (subtotal: DecimalText, tax: DecimalText, total: DecimalText)? {
        guard let subtotal = draft.attributes[Attribute.subtotal], let tax = draft.attributes[Attribute.tax],
            let total = draft.attributes[Attribute.total]
        else { return nil }
        return (DecimalText(subtotal), DecimalText(tax), DecimalText(total))
    }

    /// Whether the draft says what its goods cost before the credit.
    static func isNoted(on draft: ShopifyDraftOrder) -> Bool { noted(draft) != nil }

    /// For the draft itself, which tells nothing of it once a discount is set.
    var attributes: [String: String] {
        [
            Attribute.subtotal: subtotal.decimalString, Attribute.tax: tax.decimalString,
            Attribute.total: total.decimalString,
        ]
    }

    /// What is left to pay where the returned goods are worth `credit`.
    func due(less credit: Money) throws(MoneyError) -> Money {
        let due = try total - credit
        return due.minorUnits > 0 ? due : .zero(total.currency)
    }

    /// The price of each line and the tax on it, by what the lines cost in the shop.
    /// - Parameter prices: minor units, one a line.
    func lines(_ wanted: [SKUQuantity], prices: [Int64]) throws(MoneyError) -> [ReturnExchange.Line] {
        let weights = prices.contains { $0 > 0 } ? prices : wanted.map { Int64($0.quantity) }
        let (amounts, taxes) = (try (total - tax).allocate(weights: weights), try tax.allocate(weights: weights))
        return wanted.indices.map { index in
            ReturnExchange.Line(
                sku: wanted[index].sku, quantity: wanted[index].quantity, amount: amounts[index], tax: taxes[index])
        }
    }
}
