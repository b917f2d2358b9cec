extension PolicyAnalysis {
    /// The tests kept with the rules that do not hold.
    var testProblems: [ReturnPolicyProblem] {
        rules.flatMap { index, rule in
            rule.tests.enumerated().compactMap { place, test in
                failure(of: test, rule).map { message in
                    ReturnPolicyProblem(
                        .failingTest, rule: rule.id, field: "rules[\(index)].tests[\(place)]",
                        "The test '\(test.name)' fails: \(message); correct the rule or the test.")
                }
            }
        }
    }

    private func failure(of test: RuleTest, _ rule: ReturnRule) -> String? {
        let table = test.comparableFacts
        let day = test.on ?? rule.effective.from ?? rule.effective.through
        let verdict = rule.verdict(over: [table], on: day)
        guard (verdict.match == .matches) == test.matches else {
            return test.matches ? "the rule does not apply\(obstacle(verdict))" : "the rule applies"
        }
        guard let expected = test.decides.map(Set.init) else { return nil }
        let verdicts = RuleVerdicts(policy.rules, over: [table], on: day)
        let decided = Set(
            rule.then.map(\.type).filter { type in
                verdicts.decision(type)?.deciders.contains { $0.rule.id == rule.id } == true
            }.map(\.name))
        guard decided != expected else { return nil }
        return "the rule decides \(list(decided)), not \(list(expected))"
    }

    private func obstacle(_ verdict: RuleVerdict) -> String {
        if verdict.match == .notInEffect { return " on that day" }
        return verdict.traces.first { $0.result != .holds }.map { " (\($0.words))" } ?? ""
    }

    private func list(_ names: Set<String>) -> String {
        names.isEmpty ? "nothing" : names.sorted().joined(separator: ", ")
    }
}

extension RuleTest {
    /// The facts in the form in which conditions compare.
    fileprivate var comparableFacts: FactTable {
        var table: FactTable = [:]
        for (name, value) in given { table[name] = ConditionVocabulary.field(name)?.kind.comparable(value) ?? value }
        return table
    }
}
