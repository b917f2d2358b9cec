extension Int64 {
    /// Splits the number in proportion to the weights by largest remainder, ties to the earlier weight.
    ///
    /// Guarantees: the parts add up to the number; each differs from its exact part by less than one; a weight of zero
    /// gets nothing; the parts of a negative number are those of the positive one, negated.
    /// Failure: `MoneyError.badWeights`.
    func split(inProportionTo weights: [Int64]) throws(MoneyError) -> [Int64] {
        let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
        guard total > 0, weights.allSatisfy({ $0 >= 0 }) else { throw .badWeights }
        let amount = Int128(magnitude)
        let exact = weights.map { (amount * Int128($0)).quotientAndRemainder(dividingBy: total) }
        var parts = exact.map(\.quotient)
        let missing = Int(amount - parts.reduce(0, +))
        let byRemainder = exact.indices.sorted {
            exact[$0].remainder == exact[$1].remainder ? $0 < $1 : exact[$0].remainder > exact[$1].remainder
        }
        for index in byRemainder.prefix(missing) { parts[index] += 1 }
        return parts.map { Int64(self < 0 ? -$0 : $0) }
    }
}
