extension RefundCalculation {
    /// The part that these units have of a total of their line.
    ///
    /// Units a+1 to b of q get round(total × b ÷ q) − round(total × a ÷ q). So any parts, in any order, add up to the
    /// total exactly, and what a unit gets depends on its number alone.
    func unitShare(
        of total: DerivationNode, _ units: UnitNumbers, _ quantity: DerivationNode, as name: DerivationName? = nil
    ) throws(MoneyError) -> DerivationNode {
        if units.runs.count == 1 { return try share(of: total, units.runs[0], quantity, as: name) }
        var parts: [DerivationNode] = []
        for run in units.runs { parts.append(try share(of: total, run, quantity)) }
        return try build(.sum, parts, as: name)
    }

    private func share(
        of total: DerivationNode, _ run: ClosedRange<Int>, _ quantity: DerivationNode, as name: DerivationName? = nil
    ) throws(MoneyError) -> DerivationNode {
        let upTo = try build.roundedShare(of: total, unit(run.upperBound), quantity)
        let before = try build.roundedShare(of: total, unit(run.lowerBound - 1), quantity)
        return try build(.difference, [upTo, before], as: name)
    }

    private func unit(_ number: Int) -> DerivationNode {
        build.literal(Fraction(Int128(number)), Self.unitName)
    }

    private static let unitName = DerivationName(.unit)
}
