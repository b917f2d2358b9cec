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
