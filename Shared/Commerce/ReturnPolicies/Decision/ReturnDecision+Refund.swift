extension ReturnDecision {
    /// What the refund is calculated by: what was decided about the money, with the bonus where store credit is taken.
    ///
    /// Failure: `MoneyError` where a flat amount is none in this currency.
    public func refundPolicy(
        in currency: Currency, as resolution: ReturnResolution
    ) throws(MoneyError) -> RefundPolicy {
        var policy = try money.policy(in: currency)
        if resolution == .storeCredit { policy.storeCreditBonus = try bonus(in: currency) }
        return policy
    }

    private func bonus(in currency: Currency) throws(MoneyError) -> StoreCreditBonus? {
        guard let storeCreditBonus else { return nil }
        return try storeCreditBonus.bonus(in: currency)
    }
}

extension ReturnBonus {
    fileprivate func bonus(in currency: Currency) throws(MoneyError) -> StoreCreditBonus {
        var bonus = StoreCreditBonus()
        if let percent { bonus.percent = Percentage(percent) }
        if let amount { bonus.amount = try Money(decimal: amount.text, currency: currency) }
        if let max { bonus.max = try Money(decimal: max.text, currency: currency) }
        return bonus
    }
}
