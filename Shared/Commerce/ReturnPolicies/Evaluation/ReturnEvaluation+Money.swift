extension ReturnEvaluation {
    /// The policy's settings with what rules change about them.
    ///
    /// A flat fee that is not in the order's currency is not taken; the return is reviewed for it.
    var money: ReturnMoneySettings {
        var money = policy.fees
        if case .amount(let fee)? = verdicts.decision(.handlingFee)?.value { money.returnShippingFee = fee }
        if !isOfOrder(money.returnShippingFee) { money.returnShippingFee = .zero }
        if case .percent(let percent)? = verdicts.decision(.restockingFeePercent)?.value {
            money.restockingFeePercent = percent
        }
        if case .originalShipping(let shipping)? = verdicts.decision(.refundOriginalShipping)?.value {
            money.originalShipping = shipping
        }
        return money
    }

    /// What is added to a refund that is taken as store credit.
    ///
    /// One with an amount that is not in the order's currency is not given; where store credit was chosen, the return
    /// is reviewed for it.
    var storeCreditBonus: ReturnBonus? {
        guard let bonus = ruledBonus?.bonus, bonus.amounts.allSatisfy({ isOfOrder($0.amount) }) else { return nil }
        return bonus
    }

    private var ruledBonus: (rule: String, bonus: ReturnBonus)? {
        guard let decision = verdicts.decision(.storeCreditIncentive), case .bonus(let bonus) = decision.value else {
            return nil
        }
        return (decision.rule, bonus)
    }

    /// Whether an amount of the policy is one of the order's currency; zero is one of every currency.
    func isOfOrder(_ amount: ReturnAmount) -> Bool {
        let isSame = policy.currency == nil || policy.currency == facts.order.currency
        return amount == .zero || isSame && amount.money(in: facts.order.currency) != nil
    }

    /// The flat amounts that would count if they were in the order's currency.
    var foreignAmounts: [(rule: String, amount: ReturnAmount)] {
        var amounts: [(rule: String, amount: ReturnAmount)] = []
        if let decision = verdicts.decision(.handlingFee), case .amount(let fee) = decision.value {
            amounts.append((decision.rule, fee))
        } else {
            amounts.append(("fees.return_shipping_fee", policy.fees.returnShippingFee))
        }
        if facts.request.resolution == .storeCredit, let (rule, bonus) = ruledBonus {
            amounts += bonus.amounts.map { (rule: rule, amount: $0.amount) }
        }
        return amounts.filter { !isOfOrder($0.amount) }
    }

    /// A rule's word counts; otherwise the policy's, for which every line must have the grade and the match.
    var instantRefund: InstantRefundDecision {
        if let decision = verdicts.decision(.instantRefund) {
            return InstantRefundDecision(status: decision.isOn ? .allowed : .notAllowed, rule: decision.rule)
        }
        let setting = "instant_refund"
        guard let wanted = policy.instantRefund, !eligible.isEmpty else {
            return InstantRefundDecision(status: .notAllowed, rule: setting)
        }
        let inspected = zip(lines, outcomes).filter(\.1.decision.eligible).map(\.0.line)
        let answers = inspected.map { $0.satisfies(wanted) }
        if answers.contains(false) { return InstantRefundDecision(status: .notAllowed, rule: setting) }
        let isOpen = answers.contains(nil)
        return InstantRefundDecision(status: isOpen ? .awaitingInspection : .allowed, rule: setting)
    }
}

extension ReturnRequestFacts.Line {
    /// Nil until what the rule asks for is known.
    fileprivate func satisfies(_ rule: InstantRefundRule) -> Bool? {
        let gradeIsRight = rule.grade.map { wanted in grade.map { $0 == wanted } } ?? true
        let matchIsRight = rule.matched ? matched : true
        if gradeIsRight == false || matchIsRight == false { return false }
        return gradeIsRight == nil || matchIsRight == nil ? nil : true
    }
}
