extension PolicyAnalysis {
    /// Rules of one priority that set one action to different values and can apply together.
    var contradictions: [ReturnPolicyProblem] {
        let found = rules.indices.lazy.flatMap { later in
            rules[..<later].lazy.flatMap { earlier in contradictions(rules[later], earlier.rule) }
        }
        return Array(found.prefix(Self.problemsMax))
    }

    private func contradictions(
        _ place: (index: Int, rule: ReturnRule), _ other: ReturnRule
    ) -> [ReturnPolicyProblem] {
        let rule = place.rule
        guard rule.priority == other.priority, rule.effective.overlaps(other.effective) else { return [] }
        return rule.then.compactMap { action in
            guard let opposite = other.action(action.type), !action.value.agrees(with: opposite.value) else {
                return nil
            }
            guard rule.canApplyTogether(with: other, for: action.type) else { return nil }
            let (mine, theirs) = (action.text, opposite.text)
            let values = "\(action.type.name) to \(mine), rule \(other.id) to \(theirs)"
            let mixed = action.type.isOfLine ? "" : ", also by different lines of one return"
            return ReturnPolicyProblem(
                .contradictoryRules, rule: rule.id, field: "rules[\(place.index)].then.\(action.type.name)",
                "Rule \(rule.id) sets \(values), both have priority \(rule.priority) and can apply together\(mixed); "
                    + "give one a higher priority, or make their conditions exclude each other.")
        }
    }
}

extension ReturnRule {
    /// Whether some line, or for an action of the whole return some return, meets the conditions of both.
    ///
    /// A return may hold one line that meets the conditions of the one and another that meets those of the other, so
    /// that for an action of the whole return only the conditions on the whole can keep them apart.
    fileprivate func canApplyTogether(with other: ReturnRule, for type: ActionType) -> Bool {
        guard !when.contains(where: \.isImpossible), !other.when.contains(where: \.isImpossible) else { return false }
        return when.allSatisfy { condition in
            if condition.field.isOfLine, !type.isOfLine { return true }
            guard let match = other.when.first(where: { $0.field == condition.field }) else { return true }
            return condition.constraint.intersection(match.constraint).map { !$0.isEmpty(condition.field.kind) }
                ?? false
        }
    }
}

extension RuleAction {
    /// The value as a person reads it.
    var text: String { type.kind.codec.write(value).plainText }
}
