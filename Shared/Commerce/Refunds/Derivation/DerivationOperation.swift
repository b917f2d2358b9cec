/// The operations a derivation is made of. This is the whole arithmetic of refunds: nothing else computes an amount.
public enum DerivationOperation: String, Hashable, Sendable, Codable, CaseIterable {
    /// All operands added up; zero for none.
    case sum
    /// The first operand less all others.
    case difference
    case product
    /// The first operand × the second ÷ the third; zero when the third is zero.
    case share
    /// The operand to the currency's digits, half away from zero.
    case round
    /// The smallest operand.
    case least
    /// The largest operand.
    case greatest
    /// Operands: a position from 0, an amount, and weights. The share that the weight at that position has of the
    /// amount when it is split in whole minor units by largest remainder, ties to the earlier weight.
    case largestRemainder = "largest_remainder"
}

extension DerivationOperation {
    /// The value of the operation for these operands, in a currency of so many digits after the point.
    ///
    /// Failure: `MoneyError.overflow`, and `MoneyError.badWeights` for operands the operation is not defined for.
    public func apply(_ operands: some Collection<Fraction>, digits: Int) throws(MoneyError) -> Fraction {
        switch self {
        case .sum: try operands.folded { total, next throws(MoneyError) in try total.plus(next) }
        case .difference: try operands.folded { total, next throws(MoneyError) in try total.minus(next) }
        case .product: try operands.folded { total, next throws(MoneyError) in try total.times(next) }
        case .least: try operands.folded { best, next throws(MoneyError) in try next.isLess(than: best) ? next : best }
        case .greatest:
            try operands.folded { best, next throws(MoneyError) in try best.isLess(than: next) ? next : best }
        case .round: try operands.folded { _, _ throws(MoneyError) in throw .badWeights }.rounded(digits: digits)
        case .share: try Self.share(operands)
        case .largestRemainder: try LargestRemainder(operands, digits: digits).share
        }
    }

    private static func share(_ operands: some Collection<Fraction>) throws(MoneyError) -> Fraction {
        var rest = operands.makeIterator()
        guard let amount = rest.next(), let part = rest.next(), let whole = rest.next(), rest.next() == nil else {
            throw .badWeights
        }
        return whole.isZero ? .zero : try amount.times(part).divided(by: whole)
    }
}

extension Collection<Fraction> {
    fileprivate func folded(
        _ next: (Fraction, Fraction) throws(MoneyError) -> Fraction
    ) throws(MoneyError) -> Fraction {
        guard var result = first else { return .zero }
        for value in dropFirst() { result = try next(result, value) }
        return result
    }
}
