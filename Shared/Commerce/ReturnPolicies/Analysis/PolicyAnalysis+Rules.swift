extension PolicyAnalysis {
    /// What is wrong with each rule on its own.
    var ruleProblems: [ReturnPolicyProblem] {
        let ids = policy.rules.map(\.id)
        var problems = repeats(of: ids, field: { "rules[\($0)].id" }, rule: { ids[$0] }, what: "rules")
        for (index, rule) in rules {
            let field = "rules[\(index)]"
            problems += effectProblems(rule, field)
            problems += impossibilities(rule, field)
            problems += references(rule, field)
            problems += groupReferences(rule, field)
            problems += repeatedTests(rule, field)
        }
        return problems
    }

    private func effectProblems(_ rule: ReturnRule, _ field: String) -> [ReturnPolicyProblem] {
        guard rule.then.isEmpty else { return [] }
        return [
            ReturnPolicyProblem(
                .noEffect, rule: rule.id, field: "\(field).then",
                "The rule does nothing; add an action, or remove the rule.")
        ]
    }

    /// Conditions that no fact satisfies, and dates that no day lies between.
    private func impossibilities(_ rule: ReturnRule, _ field: String) -> [ReturnPolicyProblem] {
        var problems = rule.when.filter(\.isImpossible).map { condition in
            ReturnPolicyProblem(
                .unreachableRule, rule: rule.id, field: "\(field).when.\(condition.field.name)",
                "The rule never applies, as nothing satisfies \(condition.words); correct the condition.")
        }
        if rule.effective.isEmpty {
            problems.append(
                ReturnPolicyProblem(
                    .unreachableRule, rule: rule.id, field: "\(field).effective",
                    "The rule never applies, as it ends before it begins; correct its dates."))
        }
        return problems
    }

    /// Words in conditions that should be declared elsewhere.
    private func references(_ rule: ReturnRule, _ field: String) -> [ReturnPolicyProblem] {
        rule.when.flatMap { condition -> [ReturnPolicyProblem] in
            guard let reference = condition.field.reference else { return [] }
            return condition.tests.flatMap { test in
                let words = test.values.compactMap { value in if case .text(let text) = value { text } else { nil } }
                return undeclared(
                    words, reference, rule: rule.id,
                    field: "\(field).when.\(condition.field.name).\(test.comparison.rawValue)",
                    isList: test.comparison.takesList)
            }
        }
    }

    private func groupReferences(_ rule: ReturnRule, _ field: String) -> [ReturnPolicyProblem] {
        guard case .text(let id)? = rule.action(.reasonGroup)?.value else { return [] }
        let known = policy.reasonGroups.map(\.id)
        guard !known.contains(id) else { return [] }
        return [
            ReturnPolicyProblem(
                .unknownReasonGroup, rule: rule.id, field: "\(field).then.reason_group",
                "There is no reason group '\(id)'\(NearestName.hint(id, among: known))")
        ]
    }

    private func repeatedTests(_ rule: ReturnRule, _ field: String) -> [ReturnPolicyProblem] {
        repeats(
            of: rule.tests.map(\.name), field: { "\(field).tests[\($0)].name" }, rule: { _ in rule.id },
            what: "tests of the rule")
    }
}
