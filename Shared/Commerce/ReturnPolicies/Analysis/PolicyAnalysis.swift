/// Finds what is wrong with what a policy means, without looking at any return.
struct PolicyAnalysis {
    let policy: ReturnPolicy
    /// The rules to compare, with their places in the document.
    let rules: [(index: Int, rule: ReturnRule)]

    /// `unreadable` names rules that are not whole, and are not to be compared with others.
    init(_ policy: ReturnPolicy, withoutRules unreadable: Set<String> = []) {
        self.policy = policy
        rules = policy.rules.enumerated().map { (index: $0, rule: $1) }.filter { !unreadable.contains($0.rule.id) }
    }

    /// LIMIT: of one kind; nobody reads more.
    static let problemsMax = 100

    /// In the order of the document: zones and settings, then rules one by one, then rules against each other.
    var problems: [ReturnPolicyProblem] {
        guard policy.rules.count <= ReturnPolicy.rulesMax else {
            return [tooMany(policy.rules.count, "rules", max: ReturnPolicy.rulesMax)]
        }
        let testCount = policy.rules.map(\.tests.count).reduce(0, +)
        guard testCount <= ReturnPolicy.testsMax else {
            return [tooMany(testCount, "tests of rules", max: ReturnPolicy.testsMax)]
        }
        let ofSettings =
            zoneProblems + windowProblems + calendarProblems + listProblems + dispositionProblems + moneyProblems
            + timeProblems
        return ofSettings + ruleProblems + contradictions + shadows + testProblems
    }

    private func tooMany(_ count: Int, _ what: String, max: Int) -> ReturnPolicyProblem {
        ReturnPolicyProblem(.tooMany, field: "rules", "There are \(count) \(what); use at most \(max).")
    }

    /// Problems of names that occur twice, one for each repeat.
    func repeats(
        of names: [String], field: (Int) -> String, rule: (Int) -> String? = { _ in nil }, what: String
    ) -> [ReturnPolicyProblem] {
        var seen: Set<String> = []
        return names.enumerated().compactMap { index, name in
            guard !seen.insert(name).inserted else { return nil }
            return ReturnPolicyProblem(
                .duplicateID, rule: rule(index), field: field(index),
                "There are two \(what) called '\(name)'; give each its own name.")
        }
    }
}
