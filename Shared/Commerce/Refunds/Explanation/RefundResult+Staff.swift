extension RefundResult {
    /// Every figure in the order in which it is needed, each with its formula and its rule; then the refund as one sum.
    func staffLines(_ names: RefundNames) throws(DerivationError) -> [RefundExplanation.Line] {
        let derivation = derivation
        let formulas = FormulaText(values: try derivation.evaluate(), digits: derivation.digits)
        let steps = derivation.figures.flatMap(\.namedOperations).map { node, name in
            let rule = node.note ?? StaffWords.rule(of: name, isEmpty: node.isEmptySum)
            let formula = node.isEmptySum ? nil : "\(formulas.formula(node)) = \(formulas.value(of: name))"
            return RefundExplanation.Line(
                StaffWords.label(of: name, names), formulas.value(of: name),
                [formula, rule].compactMap(\.self).joined(separator: "; "))
        }
        return steps + [sumLine]
    }

    /// The refund as one sum of what is not zero, e.g. `17.99 + 1.60 − 2.70 − 7.95 = 8.94`.
    private var sumLine: RefundExplanation.Line {
        let goods = lines.flatMap { line in
            [(line.net, false), (line.tax, false), (line.gradeDeduction, true)]
                + (line.keptDeduction.map { [($0, true)] } ?? []) + [(line.restockingFee, true)]
        }
        let terms =
            goods + [(shippingRefund, false), (returnShippingFee, true), (exchangeTotal, true)]
            + (givenBefore.map { [($0, true)] } ?? [])
        var text = ""
        for (amount, isTakenOff) in terms where amount.minorUnits != 0 {
            text += text.isEmpty ? (isTakenOff ? "−" : "") : isTakenOff ? " − " : " + "
            text += amount.decimalString
        }
        let sum = terms.reduce(Int64(0)) { $1.1 ? $0 - $1.0.minorUnits : $0 + $1.0.minorUnits }
        let value = FormulaText.signed(Money(minorUnits: sum, currency: currency).decimalString)
        return .init("Refund", total.decimalString, "\(text.isEmpty ? "0" : text) = \(value)\(limits)")
    }

    /// Why the refund is not the sum, where it is not.
    private var limits: String {
        let reasons = [
            (unrecoveredFees, "fees not recovered"), (capped, "more than the tenders have left"),
            (amountDue, "due from the customer"),
        ]
        return reasons.filter { $0.0.minorUnits != 0 }.map { "; \($0.1) \($0.0.decimalString)" }.joined()
    }
}

extension DerivationNode {
    /// The figures of the tree, each after those it is made of.
    fileprivate var namedOperations: [(DerivationNode, DerivationName)] {
        guard case .operation(_, let operands) = content else { return [] }
        return operands.flatMap(\.namedOperations) + (name.map { [(self, $0)] } ?? [])
    }

    fileprivate var isEmptySum: Bool { content == .operation(.sum, []) }
}
