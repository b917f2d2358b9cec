extension Money {
    /// Splits the amount in proportion to the weights by largest remainder.
    ///
    /// Guarantees: the shares add up to the amount exactly; each differs from its exact share by less than one minor
    /// unit; equal remainders go to the earlier share; a weight of zero gets nothing; the shares of a negative amount
    /// are those of the positive one, negated.
    /// Failure: `MoneyError.badWeights`.
    public func allocate(weights: [Int64]) throws(MoneyError) -> [Money] {
        let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
        guard total > 0, weights.allSatisfy({ $0 >= 0 }) else { throw .badWeights }
        let magnitude = Int128(minorUnits.magnitude)
        let exact = weights.map { (magnitude * Int128($0)).quotientAndRemainder(dividingBy: total) }
        var shares = exact.map(\.quotient)
        let missing = Int(magnitude - shares.reduce(0, +))
        let byRemainder = exact.indices.sorted {
            exact[$0].remainder == exact[$1].remainder ? $0 < $1 : exact[$0].remainder > exact[$1].remainder
        }
        for index in byRemainder.prefix(missing) { shares[index] += 1 }
        return shares.map { Money(minorUnits: Int64(isNegative ? -$0 : $0), currency: currency) }
    }

    /// Splits the amount into parts that differ by at most one minor unit, the larger first.
    public func allocate(parts: Int) throws(MoneyError) -> [Money] {
        try allocate(weights: Array(repeating: 1, count: max(0, parts)))
    }
}
