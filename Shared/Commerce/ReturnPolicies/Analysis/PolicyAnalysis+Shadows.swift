extension PolicyAnalysis {
    /// Rules, and actions of rules, that never decide because a rule of higher priority always applies with them.
    ///
    /// Only a single rule that covers another is found; several that cover it together are not.
    var shadows: [ReturnPolicyProblem] {
        rules.flatMap { index, rule in
            let shadows = rule.then.compactMap { action in
                shadow(of: rule, action.type).map { (action: action, by: $0) }
            }
            guard let first = shadows.first else { return [ReturnPolicyProblem]() }
            let field = "rules[\(index)]"
            guard shadows.count < rule.then.count else {
                return [unreachable(rule, by: shadows.map(\.by.id), first.by, field)]
            }
            return shadows.map { action, other in
                ReturnPolicyProblem(
                    .unreachableAction, rule: rule.id, field: "\(field).then.\(action.type.name)",
                    "The action never comes to bear, as rule \(other.id) (priority \(other.priority)) decides "
                        + "whenever this rule applies; remove it, or change a priority.")
            }
        }
    }

    private func unreachable(
        _ rule: ReturnRule, by others: [String], _ first: ReturnRule, _ field: String
    ) -> ReturnPolicyProblem {
        let names = Array(Set(others)).sorted().joined(separator: ", ")
        return ReturnPolicyProblem(
            .unreachableRule, rule: rule.id, field: field,
            "The rule never decides anything: whenever it applies, \(names) applies too, with a higher priority "
                + "(\(first.priority) against \(rule.priority)); raise its priority, narrow the other, or remove it.")
    }

    private func shadow(of rule: ReturnRule, _ type: ActionType) -> ReturnRule? {
        rules.map(\.rule).first { other in
            other.priority > rule.priority && other.action(type) != nil && other.effective.covers(rule.effective)
                && other.appliesWhenever(rule)
        }
    }
}

extension ReturnRule {
    /// Whether it applies to every line and return to which the other applies.
    ///
    /// WHY: a condition on a fact that the other does not ask for is never implied, as that fact may be unknown.
    fileprivate func appliesWhenever(_ other: ReturnRule) -> Bool {
        guard !other.when.contains(where: \.isImpossible) else { return false }
        return when.allSatisfy { condition in
            other.when.contains { narrower in
                narrower.field == condition.field
                    && narrower.constraint.implies(condition.constraint, condition.field.kind)
            }
        }
    }
}
