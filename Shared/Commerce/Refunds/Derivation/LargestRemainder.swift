/// One share of an amount that is split in proportion to weights in whole minor units.
struct LargestRemainder {
    let share: Fraction

    /// Operands: a position from 0, an amount, and weights.
    ///
    /// Failure: `MoneyError` unless the amount and the weights are whole minor units, none is negative, one weight is
    /// positive or the amount is zero, and the position is that of a weight.
    init(_ operands: some Collection<Fraction>, digits: Int) throws(MoneyError) {
        let position = try operands.first?.wholeUnits(digits: 0)
        var units: [Int64] = []
        units.reserveCapacity(operands.count)
        for operand in operands.dropFirst() {
            guard let whole = try operand.wholeUnits(digits: digits), whole >= 0 else { throw .badWeights }
            units.append(whole)
        }
        guard let position, let amount = units.first, position >= 0, position < units.count - 1 else {
            throw .badWeights
        }
        let part = amount == 0 ? 0 : try amount.split(inProportionTo: Array(units.dropFirst()))[Int(position)]
        share = Fraction(unchecked: Int128(part), .powerOfTen(digits))
    }
}
