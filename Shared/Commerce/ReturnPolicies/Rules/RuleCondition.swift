/// What a rule asks of one fact; all of its tests must hold.
public struct RuleCondition: Sendable {
    public let field: ConditionField
    public let tests: [ConditionTest]
    let constraint: FactConstraint

    /// Nil without a test, and for an operator that does not go with the field.
    public init?(_ field: ConditionField, _ tests: [ConditionTest]) {
        let constraints = tests.map { $0.constraint(field.kind) }
        guard var constraint = constraints.first ?? nil else { return nil }
        for next in constraints.dropFirst() {
            guard let next, let both = constraint.intersection(next) else { return nil }
            constraint = both
        }
        self.field = field
        self.tests = tests
        self.constraint = constraint
    }

    /// Whether no fact satisfies it.
    var isImpossible: Bool { constraint.isEmpty(field.kind) }

    /// As a person reads it, e.g. `order.total_value is at least 100.00`.
    var words: String {
        "\(field.name) \(tests.map { $0.words(of: field.kind) }.joined(separator: " and "))"
    }
}

extension RuleCondition: Hashable {
    public static func == (left: RuleCondition, right: RuleCondition) -> Bool {
        left.field == right.field && left.tests == right.tests
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(field.name)
        hasher.combine(tests)
    }
}
