extension LineEvaluation {
    /// What has to be reviewed because something about the line is not known or not shown; of facts that a rule asks for,
    /// nothing where the policy says to go on.
    var reviewReasons: [DecisionReason] {
        var reasons: [DecisionReason] = []
        if lacksEvidence {
            reasons.append(
                DecisionReason(
                    code: .evidenceRequired,
                    message: "Line \(line.lineID): the reason \(line.reason ?? "") needs evidence, and none is given; "
                        + "ask the customer for it.",
                    rule: "reasons"))
        }
        if finding.reason == .windowUnknown {
            reasons.append(
                DecisionReason(
                    code: .windowUnknown, message: "Line \(line.lineID): no date to count its window from is known.",
                    rule: "\(choice.setting).window"))
        }
        guard policy.unknownFacts == .review else { return reasons }
        return reasons
            + unknownFacts.map { node in
                DecisionReason(code: .unknownFact, message: node.staff, rule: node.rule ?? node.setting ?? "")
            }
    }

    /// Rules that would refuse the line and lists that would exclude it, if only the fact were known.
    var unknownFacts: [PolicyExplanation] {
        let rules = ActionVocabulary.actions.filter { $0.isOfLine && $0.isRestrictive }
            .flatMap { type in verdicts.undecided(type).map { explanation(type, $0) } }
        return rules + (product.map(unknownExclusions) ?? []).map(explanation)
    }

    private func explanation(_ type: ActionType, _ verdict: RuleVerdict) -> PolicyExplanation {
        let facts = verdict.unknown.joined(separator: ", ")
        return PolicyExplanation(
            type.name, "unknown", rule: verdict.rule.id, conditions: verdict.traces,
            staff: "Line \(line.lineID): rule \(verdict.rule.id) may set \(type.name), but \(facts) is not known.")
    }

    private func explanation(_ setting: String) -> PolicyExplanation {
        PolicyExplanation(
            "exclusion", "unknown", setting: setting,
            staff: "Line \(line.lineID): \(setting) may hold it, but the product's own is not known.")
    }
}
