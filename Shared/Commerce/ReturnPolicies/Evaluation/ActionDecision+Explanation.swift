extension ActionDecision {
    /// The value as a person reads it.
    var text: String { type.kind.codec.write(value).plainText }

    /// What was decided, by which rules, and which other rules had to give way.
    func explanation(customer: String? = nil) -> PolicyExplanation {
        PolicyExplanation(
            type.name, text, rule: rule, conditions: deciders.first?.traces ?? [],
            staff: "\(type.name) is \(text), by rule \(rule).", customer: customer,
            children: deciders.dropFirst().map(agreement) + overruled.map(defeat))
    }

    private func agreement(_ verdict: RuleVerdict) -> PolicyExplanation {
        PolicyExplanation(
            type.name, "agrees", rule: verdict.rule.id, conditions: verdict.traces,
            staff: "Rule \(verdict.rule.id) says the same.")
    }

    private func defeat(_ verdict: RuleVerdict) -> PolicyExplanation {
        let isLower = verdict.rule.priority < (deciders.first?.rule.priority ?? 0)
        let why = isLower ? "is lower" : "is the same; the policy contradicts itself, and the first name decides"
        return PolicyExplanation(
            type.name, "overruled", rule: verdict.rule.id, conditions: verdict.traces,
            staff: "Rule \(verdict.rule.id) applies too, but its priority \(verdict.rule.priority) \(why).")
    }
}

extension RuleVerdicts {
    /// The rules that do not apply, and why; for staff. `isOfLine` chooses the rules by what their actions are about.
    ///
    /// Rules that may restrict something, if only a fact were known, are explained where that is judged.
    func explanations(ofLine isOfLine: Bool) -> [PolicyExplanation] {
        let types = ActionVocabulary.actions.filter { $0.isOfLine == isOfLine }
        let judged = Set(types.filter(\.isRestrictive).flatMap(undecided).map(\.rule.id))
        return all.filter { verdict in
            verdict.match != .matches && !judged.contains(verdict.rule.id)
                && verdict.rule.then.contains { types.contains($0.type) }
        }.map(\.explanation)
    }
}

extension RuleVerdict {
    fileprivate var explanation: PolicyExplanation {
        PolicyExplanation("rule", word, rule: rule.id, conditions: traces, staff: sentence)
    }

    private var word: String {
        switch match {
        case .notInEffect: "not_in_effect"
        case .fails: "does_not_apply"
        case .unknown: "unknown"
        case .matches: "applies"
        }
    }

    private var sentence: String {
        switch match {
        case .notInEffect: "Rule \(rule.id) does not count on this day."
        case .fails: "Rule \(rule.id) does not apply."
        case .unknown: "Whether rule \(rule.id) applies is not known: no \(unknown.joined(separator: ", "))."
        case .matches: "Rule \(rule.id) applies."
        }
    }
}
