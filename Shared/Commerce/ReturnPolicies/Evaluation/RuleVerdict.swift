/// Whether one rule applies, and what that rests on.
struct RuleVerdict {
    enum Match: Int {
        case notInEffect, fails
        /// None of its conditions fails, and at least one asks for a fact that is not known.
        case unknown
        case matches
    }

    let rule: ReturnRule
    let match: Match
    let traces: [ConditionTrace]

    /// The conditions whose facts are not known.
    var unknown: [String] { traces.filter { $0.result == .unknown }.map(\.condition) }
}

extension ReturnRule {
    /// The rule's verdict over the lines at hand: it matches when all of its conditions hold for one of them.
    ///
    /// On a `nil` day the rules that have dates do not count.
    func verdict(over tables: [FactTable], on day: ShopDay?) -> RuleVerdict {
        guard effective.isAlways || day.map(effective.contains) == true else {
            return RuleVerdict(rule: self, match: .notInEffect, traces: [])
        }
        let verdicts = tables.map(verdict)
        let best = verdicts.map(\.match.rawValue).max()
        return verdicts.first { $0.match.rawValue == best } ?? RuleVerdict(rule: self, match: .fails, traces: [])
    }

    private func verdict(_ table: FactTable) -> RuleVerdict {
        let traces = when.map { $0.trace(table[$0.field.name]) }
        let match: RuleVerdict.Match =
            traces.contains { $0.result == .fails }
            ? .fails : traces.contains { $0.result == .unknown } ? .unknown : .matches
        return RuleVerdict(rule: self, match: match, traces: traces)
    }
}

extension RuleCondition {
    /// What becomes of it for the fact in its comparable form, or for one that is not known.
    fileprivate func trace(_ value: FactValue?) -> ConditionTrace {
        let test = tests.map { $0.words(of: field.kind) }.joined(separator: " and ")
        let result: ConditionTrace.Result = value.map { constraint.holds($0) ? .holds : .fails } ?? .unknown
        return ConditionTrace(
            condition: field.name, test: test, value: value.map(field.kind.text(of:)), result: result)
    }
}
