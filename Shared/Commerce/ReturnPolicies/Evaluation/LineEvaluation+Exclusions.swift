extension LineEvaluation {
    /// A rule that refuses the line, or keeps it from customers.
    var ruleFinding: LineFinding? {
        if let rejection = verdicts.decision(.reject), rejection.isOn {
            return LineFinding(
                reason: .rejectedByRule, message: rejection.sentences.first ?? "This item cannot be returned.",
                rule: rejection.rule, staff: "rule \(rejection.rule) refuses it.",
                children: [rejection.explanation()])
        }
        guard let hiding = verdicts.decision(.hideProduct), hiding.isOn, facts.request.channel != .staff else {
            return nil
        }
        return LineFinding(
            reason: .notOffered, message: "This item cannot be returned here; please contact us.",
            rule: hiding.rule, staff: "rule \(hiding.rule) leaves it to staff.", children: [hiding.explanation()])
    }

    func exclusionFinding(_ product: OrderLineReturnFacts) -> LineFinding? {
        if case .excluded(let member, let value) = exclusion(policy.nonReturnable, product) {
            return LineFinding(
                reason: .nonReturnable, message: "This item cannot be returned.",
                setting: "non_returnable.\(member)", staff: "it is non-returnable by \(member): \(value).")
        }
        guard case .excluded(let member, let value) = exclusion(policy.finalSale, product), bypass == nil else {
            return nil
        }
        return LineFinding(
            reason: .finalSale, message: "This item was final sale and cannot be returned.",
            setting: "final_sale.\(member)", staff: "it is final sale by \(member): \(value).")
    }

    /// The rule that lifts final sale, if one does.
    var bypass: ActionDecision? {
        verdicts.decision(.bypassFinalSale).flatMap { $0.isOn ? $0 : nil }
    }

    /// The settings nobody can tell about for want of a fact, as paths.
    func unknownExclusions(_ product: OrderLineReturnFacts) -> [String] {
        let lists =
            [("non_returnable", policy.nonReturnable)] + (bypass == nil ? [("final_sale", policy.finalSale)] : [])
        return lists.flatMap { name, list -> [String] in
            guard case .unknown(let members) = exclusion(list, product) else { return [] }
            return members.map { "\(name).\($0)" }
        }
    }

    /// A line that is taken back although a list names it, explained.
    func liftedExclusions(_ product: OrderLineReturnFacts) -> [PolicyExplanation] {
        var lifted: [PolicyExplanation] = []
        for (name, list) in [("non_returnable", policy.nonReturnable), ("final_sale", policy.finalSale)] {
            guard case .excepted(let reason) = exclusion(list, product) else { continue }
            lifted.append(
                PolicyExplanation(
                    name, "excepted", setting: "\(name).except_reasons",
                    staff: "\(name) does not count for the reason \(reason)."))
        }
        if case .excluded = exclusion(policy.finalSale, product), let bypass { lifted.append(bypass.explanation()) }
        return lifted
    }

    private func exclusion(_ list: ItemExclusions, _ product: OrderLineReturnFacts) -> ExclusionFinding {
        list.finding(product, order: facts.order, reason: line.reason)
    }
}
