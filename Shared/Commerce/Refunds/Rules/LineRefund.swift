/// What one returned line gives.
struct LineRefund {
    let net: DerivationNode
    let tax: DerivationNode
    let gradeDeduction: DerivationNode
    /// Nil where the goods come back.
    let keptDeduction: DerivationNode?
    let restockingFee: DerivationNode
    let amount: DerivationNode
}

extension RefundCalculation {
    func lineRefund(at index: Int, _ totals: [LineTotals]) throws(MoneyError) -> LineRefund {
        let line = request.lines[index]
        guard let sold = request.order.lines.firstIndex(where: { $0.id == line.lineID }) else { throw .badWeights }
        let parts = try lineParts(at: index, totals[sold])
        let deduction = try gradeDeduction(at: index, parts)
        let kept = try keptDeduction(at: index, parts)
        let fee = try restockingFee(at: index, parts, totals[sold], deduction)
        let worth = try build(.sum, [parts.net, parts.tax])
        let takenOff = [deduction] + (kept.map { [$0] } ?? []) + [fee]
        let amount = try build(.difference, [worth] + takenOff, as: name(index, .amount))
        return LineRefund(
            net: parts.net, tax: parts.tax, gradeDeduction: deduction, keptDeduction: kept, restockingFee: fee,
            amount: amount)
    }

    /// Net and tax of the returned units. Where prices include the tax, gross and net are taken from the line and the
    /// tax is their difference, so that the customer's price is what adds up.
    private func lineParts(
        at index: Int, _ totals: LineTotals
    ) throws(MoneyError) -> (net: DerivationNode, tax: DerivationNode) {
        let units = request.lines[index].units
        let net = try unitShare(of: totals.net, units, totals.quantity, as: name(index, .net))
        guard request.order.taxesIncluded else {
            return (net, try unitShare(of: totals.tax, units, totals.quantity, as: name(index, .tax)))
        }
        let gross = try unitShare(of: totals.gross, units, totals.quantity, as: name(index, .gross))
        return (net, try build(.difference, [gross, net], as: name(index, .tax)))
    }

    /// What the condition of the goods takes off, of net and of tax, each rounded.
    private func gradeDeduction(
        at index: Int, _ parts: (net: DerivationNode, tax: DerivationNode)
    ) throws(MoneyError) -> DerivationNode {
        let (line, name) = (request.lines[index], name(index, .gradeDeduction))
        // WHY: nobody will ever inspect goods that stay where they are.
        guard line.kept == nil else { return try build(.sum, [], as: name, note: "the goods do not come back") }
        let percent = request.policy.grades?[line.grade] ?? .hundred
        guard percent != .hundred else { return try build(.sum, [], as: name) }
        let refunded = build.literal(percent.value, DerivationName(.returnLines, index, .gradePercent))
        return try deduction(beyond: refunded, of: parts, as: name)
    }

    func name(_ index: Int, _ field: DerivationField) -> DerivationName {
        DerivationName(.lines, index, field)
    }
}
