extension RefundCalculation {
    /// The rounded share of all that has been given back with this return, less the share of what was before it. What
    /// customers keep for a part of its price stays sold, and its shipping stays paid.
    func shippingInProportion(
        _ totals: [LineTotals], _ lines: [LineRefund]
    ) throws(MoneyError) -> DerivationNode {
        let all = try build(.sum, totals.map(\.net), as: DerivationName(.orderNet))
        let before = try netOfOthers(totals)
        let back = zip(request.lines, lines).filter { !$0.0.staysSold }.map(\.1.net)
        let after = try build(.sum, [before] + back, as: DerivationName(.returnedNet))
        let paid = try shippingPaid()
        let upToNow = try build.roundedShare(of: paid, after, all)
        guard let held = request.others.shipping else {
            return try build(.difference, [upToNow, build.roundedShare(of: paid, before, all)])
        }
        // WHY: the others keep what they hold, even where cancelled returns have left it a cent apart from their share.
        let heldByOthers = build.literal(held, DerivationName(.shippingOfOthers))
        return try build(.greatest, [build(.difference, [upToNow, heldByOthers]), build.constant(0)])
    }

    private func netOfOthers(_ totals: [LineTotals]) throws(MoneyError) -> DerivationNode {
        var parts: [DerivationNode] = []
        for (index, line) in request.order.lines.enumerated() {
            let units = request.others.givenBack(of: line.id)
            guard !units.isEmpty else { continue }
            parts.append(try unitShare(of: totals[index].net, units, totals[index].quantity))
        }
        return try build(.sum, parts, as: DerivationName(.returnedBeforeNet))
    }
}
