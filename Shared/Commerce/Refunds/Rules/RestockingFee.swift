extension RefundCalculation {
    /// The fee for taking goods back: a percentage of their price before grading, once for the line, with its tax
    /// where the policy keeps that as well; never more than the goods give.
    func restockingFee(
        at index: Int, _ parts: (net: DerivationNode, tax: DerivationNode), _ totals: LineTotals,
        _ deduction: DerivationNode
    ) throws(MoneyError) -> DerivationNode {
        let policy = request.policy
        guard policy.restockingFeePercent != .zero else { return try build(.sum, [], as: name(index, .restockingFee)) }
        if let waiver = feeWaiver(of: request.lines[index]) {
            return try build(.sum, [], as: name(index, .restockingFee), note: waiver)
        }
        let worth = try build(.sum, [parts.net, parts.tax])
        let base = policy.restockingFeeBase == .net ? parts.net : worth
        let percent = build.literal(policy.restockingFeePercent.value, Self.percentName)
        var fee = try build(
            .round, [build(.share, [base, percent, build.constant(100)])], as: name(index, .feeBeforeTax))
        if policy.restockingFeeTaxed {
            fee = try build(.sum, [fee, build.roundedShare(of: fee, totals.tax, totals.net)])
        }
        let most = try build(.difference, [worth, deduction])
        return try build(.least, [fee, most], as: name(index, .restockingFee))
    }

    private static let percentName = DerivationName(.restockingFeePercent)
}
