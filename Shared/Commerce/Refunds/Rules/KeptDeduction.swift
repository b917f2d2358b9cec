extension RefundCalculation {
    /// What is not refunded of goods that stay with the customer, of net and of tax, each rounded; nil where the goods
    /// come back.
    func keptDeduction(
        at index: Int, _ parts: (net: DerivationNode, tax: DerivationNode)
    ) throws(MoneyError) -> DerivationNode? {
        guard let kept = request.lines[index].kept else { return nil }
        let name = name(index, .keptDeduction)
        let note = "the goods do not come back" + (kept.by.map { ", by \($0)" } ?? "")
        guard kept.percent != .hundred else { return try build(.sum, [], as: name, note: note) }
        let refunded = build.literal(kept.percent.value, DerivationName(.returnLines, index, .keptPercent))
        return try deduction(beyond: refunded, of: parts, as: name, note: note)
    }

    /// What is left of net and of tax when a percentage of each, rounded, is given back.
    func deduction(
        beyond percent: DerivationNode, of parts: (net: DerivationNode, tax: DerivationNode), as name: DerivationName,
        note: String? = nil
    ) throws(MoneyError) -> DerivationNode {
        let hundred = build.constant(100)
        let net = try build(.difference, [parts.net, build.roundedShare(of: parts.net, percent, hundred)])
        let tax = try build(.difference, [parts.tax, build.roundedShare(of: parts.tax, percent, hundred)])
        return try build(.sum, [net, tax], as: name, note: note)
    }
}
