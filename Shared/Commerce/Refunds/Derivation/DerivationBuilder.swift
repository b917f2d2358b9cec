/// Computes values and keeps how they came about: what it returns holds its value and its derivation.
///
/// Failure: each operation throws `MoneyError`, which the bounds of a request rule out.
struct DerivationBuilder {
    let digits: Int

    func literal(_ amount: Money, _ name: DerivationName) -> DerivationNode {
        literal(Fraction(unchecked: Int128(amount.minorUnits), .powerOfTen(digits)), name)
    }

    func literal(_ value: Fraction, _ name: DerivationName) -> DerivationNode {
        DerivationNode(name: name, content: .literal, value: value)
    }

    func constant(_ value: Int) -> DerivationNode {
        DerivationNode(name: nil, content: .literal, value: Fraction(Int128(value)))
    }

    func callAsFunction(
        _ operation: DerivationOperation, _ operands: [DerivationNode], as name: DerivationName? = nil,
        note: String? = nil
    ) throws(MoneyError) -> DerivationNode {
        let value = try operation.apply(operands.lazy.map { $0.value ?? .zero }, digits: digits)
        // WHY: every figure is whole minor units; written over their power of ten it has all of the currency's digits.
        let figure = name == nil ? value : try value.rounded(digits: digits)
        return DerivationNode(name: name, content: .operation(operation, operands), value: figure, note: note)
    }

    /// The whole's share for `part` of `of`, rounded.
    func roundedShare(
        of whole: DerivationNode, _ part: DerivationNode, _ of: DerivationNode
    ) throws(MoneyError) -> DerivationNode {
        try self(.round, [self(.share, [whole, part, of])])
    }
}
