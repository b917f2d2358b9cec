extension RefundCalculation {
    /// What is added to a refund that is taken as store credit: a percentage of what is given back, rounded, and a flat
    /// amount, up to a limit; nothing where nothing is given back. Nil where the policy adds none.
    ///
    /// What earlier refunds of the same goods gave before they failed counts: none of them came with a bonus.
    func storeCreditBonus(_ total: DerivationNode) throws(MoneyError) -> DerivationNode? {
        guard let bonus = request.policy.storeCreditBonus else { return nil }
        let name = DerivationName(.storeCreditBonus)
        guard let value = total.value, !value.isZero else { return try build(.sum, [], as: name) }
        var given = total
        if let before = request.givenBefore {
            given = try build(.sum, [total, build.literal(before, DerivationName(.givenBefore))])
        }
        let percent = build.literal(bonus.percent.value, DerivationName(.bonusPercent))
        var parts = [try build.roundedShare(of: given, percent, build.constant(100))]
        if let amount = bonus.amount { parts.append(build.literal(amount, DerivationName(.bonusAmount))) }
        guard let max = bonus.max else { return try build(.sum, parts, as: name) }
        let sum = try build(.sum, parts)
        return try build(.least, [sum, build.literal(max, DerivationName(.bonusMax))], as: name)
    }
}
