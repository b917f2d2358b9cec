/// The judgement of a return: first each line, then, from the lines that can be returned, the whole.
struct ReturnEvaluation {
    let policy: ReturnPolicy
    let facts: ReturnFacts
    let choice: ZoneChoice
    let lines: [LineEvaluation]
    let outcomes: [(decision: ReturnLineDecision, explanation: PolicyExplanation)]
    /// Of the rules, over the lines that can be returned.
    let verdicts: RuleVerdicts

    init(_ policy: ReturnPolicy, _ facts: ReturnFacts) {
        let choice = ZoneChoice(policy.zones, facts)
        let lines = facts.request.lines.indices.map { LineEvaluation(policy, facts, choice, at: $0) }
        let outcomes = lines.map(\.outcome)
        let tables = zip(lines, outcomes).filter(\.1.decision.eligible).map(\.0.table)
        verdicts = RuleVerdicts(policy.rules, over: tables, on: policy.calendar.day(of: facts.now))
        self.policy = policy
        self.facts = facts
        self.choice = choice
        self.lines = lines
        self.outcomes = outcomes
    }

    var eligible: [ReturnLineDecision] { outcomes.map(\.decision).filter(\.eligible) }

    var decision: ReturnDecision {
        let offer = offer
        let refusals = refusals(offer)
        let reviews = reviews(offer)
        let outcome: ReturnDecision.Outcome =
            !refusals.isEmpty ? .rejected : reviews.isEmpty ? .approved : .inReview
        let reasons = refusals + reviews
        return ReturnDecision(
            outcome: outcome, rule: reasons.first?.rule ?? eligible.first?.rule ?? "request", reasons: reasons,
            policyVersion: policy.version, zone: zoneDecision, lines: outcomes.map { settled($0.decision) },
            offer: offer, money: money, instantRefund: instantRefund, subscription: subscription,
            storeCreditBonus: storeCreditBonus, explanation: explanation(outcome, offer, reasons))
    }

    private var zoneDecision: ZoneDecision? {
        choice.zone.map {
            ZoneDecision(id: $0.id, country: choice.country, carrier: $0.carrier, label: $0.label)
        }
    }

    private var subscription: SubscriptionAction? {
        guard case .subscription(let action)? = verdicts.decision(.subscription)?.value else { return nil }
        return action
    }

    /// Whether a rule lets nothing stay with the customer.
    var requiresShipping: Bool { verdicts.decision(.requireShipping)?.isOn == true }

    /// The line as the whole return leaves it.
    func settled(_ line: ReturnLineDecision) -> ReturnLineDecision {
        guard requiresShipping else { return line }
        var shipped = line
        shipped.disposition = .returned
        shipped.dispositionRule = nil
        shipped.partialCreditPercent = nil
        return shipped
    }
}
