extension Money {
    /// Failure: `MoneyError` on different currencies or overflow, as for the other operators.
    public static func + (left: Money, right: Money) throws(MoneyError) -> Money {
        try left.combined(with: right) { $0.addingReportingOverflow($1) }
    }

    public static func - (left: Money, right: Money) throws(MoneyError) -> Money {
        try left.combined(with: right) { $0.subtractingReportingOverflow($1) }
    }

    public static prefix func - (amount: Money) throws(MoneyError) -> Money {
        try .zero(amount.currency) - amount
    }

    public static func * (amount: Money, count: Int) throws(MoneyError) -> Money {
        let (product, overflow) = amount.minorUnits.multipliedReportingOverflow(by: Int64(count))
        guard !overflow else { throw .overflow }
        return Money(minorUnits: product, currency: amount.currency)
    }

    /// The sum of the amounts, zero of the given currency for none.
    public static func sum(_ amounts: some Sequence<Money>, in currency: Currency) throws(MoneyError) -> Money {
        var total = Money.zero(currency)
        for amount in amounts { total = try total + amount }
        return total
    }

    /// Whether the amount is less; throws on different currencies.
    public func isLess(than other: Money) throws(MoneyError) -> Bool {
        try requireCurrency(of: other)
        return minorUnits < other.minorUnits
    }

    private func combined(
        with other: Money, _ operation: (Int64, Int64) -> (Int64, Bool)
    ) throws(MoneyError) -> Money {
        try requireCurrency(of: other)
        let (result, overflow) = operation(minorUnits, other.minorUnits)
        guard !overflow else { throw .overflow }
        return Money(minorUnits: result, currency: currency)
    }

    private func requireCurrency(of other: Money) throws(MoneyError) {
        guard currency == other.currency else { throw .currencyMismatch(currency, other.currency) }
    }
}
