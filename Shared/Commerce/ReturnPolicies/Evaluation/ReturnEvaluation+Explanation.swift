extension ReturnEvaluation {
    func explanation(
        _ outcome: ReturnDecision.Outcome, _ offer: ReturnOffer, _ reasons: [DecisionReason]
    ) -> PolicyExplanation {
        PolicyExplanation(
            "return", outcome.rawValue, staff: "The return is \(words(outcome)) under version \(policy.version).",
            customer: customerSentence(outcome, reasons),
            children: [choice.explanation] + outcomes.map(\.explanation) + reasons.map(explanation)
                + fees + actions + [instantExplanation] + undecided + verdicts.explanations(ofLine: false))
    }

    private func words(_ outcome: ReturnDecision.Outcome) -> String {
        switch outcome {
        case .approved: "approved"
        case .inReview: "to be reviewed"
        case .rejected: "rejected"
        }
    }

    /// WHY: what a review is about is not said to the customer; it may be a suspicion.
    private func customerSentence(_ outcome: ReturnDecision.Outcome, _ reasons: [DecisionReason]) -> String {
        switch outcome {
        case .approved: "Your return is approved."
        case .inReview: "We will look at your return and write to you."
        case .rejected: reasons.first?.message ?? "Your return cannot be accepted."
        }
    }

    private func explanation(_ reason: DecisionReason) -> PolicyExplanation {
        let isRule = policy.rules.contains { $0.id == reason.rule }
        return PolicyExplanation(
            "reason", reason.code.rawValue, rule: isRule ? reason.rule : nil, setting: isRule ? nil : reason.rule,
            staff: reason.message)
    }

    /// What rules decided about the whole return.
    private var actions: [PolicyExplanation] {
        ActionVocabulary.actions.filter { !$0.isOfLine }.compactMap { type in
            verdicts.decision(type).map { $0.explanation(customer: sentence($0)) }
        }
    }

    private func sentence(_ decision: ActionDecision) -> String? {
        switch (decision.type, decision.value) {
        case (.handlingFee, .amount(let fee)): sentence(flat: fee)
        case (.restockingFeePercent, .percent(let percent)): sentence(restocking: percent)
        case (.requireShipping, .flag(true)): "The goods have to be shipped back."
        case (.storeCreditIncentive, .bonus): bonusSentence
        default: nil
        }
    }

    /// The policy's own fees, where no rule speaks of them.
    private var fees: [PolicyExplanation] {
        var nodes: [PolicyExplanation] = []
        if verdicts.decision(.handlingFee) == nil, policy.fees.returnShippingFee != .zero {
            let fee = policy.fees.returnShippingFee
            nodes.append(
                PolicyExplanation(
                    "return_shipping_fee", fee.text, setting: "fees.return_shipping_fee",
                    staff: "The return shipping fee is \(fee).", customer: sentence(flat: fee)))
        }
        if verdicts.decision(.restockingFeePercent) == nil, policy.fees.restockingFeePercent != .zero {
            let percent = policy.fees.restockingFeePercent
            nodes.append(
                PolicyExplanation(
                    "restocking_fee_percent", percent.text, setting: "fees.restocking_fee_percent",
                    staff: "The restocking fee is \(percent).", customer: sentence(restocking: percent)))
        }
        return nodes
    }

    private func sentence(flat fee: ReturnAmount) -> String? {
        guard isOfOrder(fee), fee != .zero, takesFees else { return nil }
        return "A fee of \(fee) \(facts.order.currency) is taken."
    }

    private func sentence(restocking percent: ReturnPercent) -> String? {
        guard percent != .zero, takesFees else { return nil }
        return "A restocking fee of \(percent) is taken."
    }

    /// WHY: to one who has chosen something else it is no promise any more.
    private var bonusSentence: String? {
        guard [nil, .storeCredit].contains(facts.request.resolution), let bonus = storeCreditBonus else { return nil }
        let currency = bonus.amounts.isEmpty ? "" : " \(facts.order.currency)"
        return "Taken as store credit, the refund comes with a bonus of \(bonus)\(currency)."
    }

    /// Whether there is a line whose fees are not waived.
    private var takesFees: Bool { eligible.contains { $0.feesWaivedBy == nil } }

    private var instantExplanation: PolicyExplanation {
        let instant = instantRefund
        let rule = verdicts.decision(.instantRefund)?.rule
        let words =
            switch instant.status {
            case .allowed: "The refund needs no look."
            case .notAllowed: "The refund is not instant."
            case .awaitingInspection: "Whether the refund is instant depends on the inspection."
            }
        return PolicyExplanation(
            "instant_refund", instant.status.rawValue, rule: rule, setting: rule == nil ? "instant_refund" : nil,
            staff: words)
    }
}
