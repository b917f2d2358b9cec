import Commerce

/// Amounts as Stripe counts them: whole units of its own smallest unit of a currency.
///
/// Source: Stripe's list of currencies. It is ISO 4217's minor unit, but for those below.
enum StripeAmount {
    /// Given in hundredths although they have none; the hundredths are 00.
    private static let inHundredths: Set<String> = ["ISK", "UGX"]
    /// Given in whole units although ISO 4217 has hundredths.
    private static let inWholeUnits: Set<String> = ["MGA"]

    /// Failure: `refused` for an amount that Stripe does not take: none, negative, or finer than its unit.
    static func count(_ money: Money) throws(ProviderFailure) -> Int64 {
        let (count, code) = (money.minorUnits, money.currency.code)
        guard count > 0 else { throw refused(money, "must be above zero") }
        if inHundredths.contains(code) {
            let (hundredths, overflow) = count.multipliedReportingOverflow(by: 100)
            guard !overflow else { throw refused(money, "is too large") }
            return hundredths
        }
        if inWholeUnits.contains(code) {
            guard count.isMultiple(of: 100) else { throw refused(money, "must be a whole number of \(code)") }
            return count / 100
        }
        guard money.currency.exponent < 3 || count.isMultiple(of: 10) else {
            throw refused(money, "must end with 0, because Stripe takes no thousandths of \(code)")
        }
        return count
    }

    /// Nil for a currency we do not know, or an amount that it cannot have.
    static func money(_ count: Int64, currency: String) -> Money? {
        guard let currency = Currency(code: currency.uppercased()) else { return nil }
        if inHundredths.contains(currency.code) {
            return count.isMultiple(of: 100) ? Money(minorUnits: count / 100, currency: currency) : nil
        }
        guard inWholeUnits.contains(currency.code) else { return Money(minorUnits: count, currency: currency) }
        let (minorUnits, overflow) = count.multipliedReportingOverflow(by: 100)
        return overflow ? nil : Money(minorUnits: minorUnits, currency: currency)
    }

    private static func refused(_ money: Money, _ rule: String) -> ProviderFailure {
        .refused(code: "amount", message: "The amount \(money) \(rule).")
    }
}
