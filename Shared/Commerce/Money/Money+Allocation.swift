extension Money {
    /// Splits the amount in proportion to the weights by largest remainder.
    ///
    /// Guarantees: the shares add up to the amount exactly; each differs from its exact share by less than one minor
    /// unit; equal remainders go to the earlier share; a weight of zero gets nothing; the shares of a negative amount
    /// are those of the positive one, negated.
    /// Failure: `MoneyError.badWeights`.
    public func allocate(weights: [Int64]) throws(MoneyError) -> [Money] {
        try minorUnits.split(inProportionTo: weights).map { Money(minorUnits: $0, currency: currency) }
    }

    /// Splits the amount into parts that differ by at most one minor unit, the larger first.
    public func allocate(parts: Int) throws(MoneyError) -> [Money] {
        try allocate(weights: Array(repeating: 1, count: max(0, parts)))
    }
}
