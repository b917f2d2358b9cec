extension RuleCondition {
    /// The conditions of a rule: `{"order.total_value":{"at_least":"100.00"},"customer.tags":["vip"]}`.
    ///
    /// A value without an operator stands for the kind's first one: equality, or any of a list. Several operators of
    /// one field must all hold.
    static let codec = PolicyCodec<[RuleCondition]>(
        read: { json, readings in
            guard case .object(let members) = json else {
                readings.reportKind("an object of conditions", found: json)
                return nil
            }
            return members.sorted { $0.key < $1.key }.compactMap { name, value in
                readings.inMember(name) { condition(name, value, &$0) }
            }
        },
        write: { conditions in
            .object(Dictionary(conditions.map { ($0.field.name, $0.json) }) { first, _ in first })
        }, shape: .described("conditions by their names"))

    private static func condition(
        _ name: String, _ json: PolicyJSON, _ readings: inout PolicyReadings
    ) -> RuleCondition? {
        guard let field = ConditionVocabulary.field(name) else {
            let hint = NearestName.hint(name, among: ConditionVocabulary.names)
            readings.report(.unknownCondition, "There is no condition '\(name)'\(hint)")
            return nil
        }
        guard let tests = tests(json, field.kind, &readings) else { return nil }
        guard let condition = RuleCondition(field, tests) else {
            readings.report(.badValue, "The condition compares nothing; add an operator such as \(example(field)).")
            return nil
        }
        return condition
    }

    /// Nil after a problem: a condition with fewer tests than were written would match more than was meant.
    private static func tests(
        _ json: PolicyJSON, _ kind: FactKind, _ readings: inout PolicyReadings
    ) -> [ConditionTest]? {
        guard case .object(let members) = json else {
            let plain: ConditionOperator = if case .list = json { .anyOf } else { kind.operators[0] }
            return test(plain, json, kind, &readings).map { [$0] }
        }
        let tests = members.sorted { $0.key < $1.key }.map { name, value in
            readings.inMember(name) { readings -> ConditionTest? in
                guard let comparison = ConditionOperator(rawValue: name), kind.operators.contains(comparison) else {
                    let known = kind.operators.map(\.rawValue)
                    let hint = NearestName.hint(name, among: known)
                    readings.report(
                        .unknownOperator, "'\(name)' is none of \(known.joined(separator: ", "))\(hint)")
                    return nil
                }
                return test(comparison, value, kind, &readings)
            }
        }
        return tests.contains { $0 == nil } ? nil : tests.compactMap { $0 }
    }

    private static func test(
        _ comparison: ConditionOperator, _ json: PolicyJSON, _ kind: FactKind, _ readings: inout PolicyReadings
    ) -> ConditionTest? {
        guard kind.operators.contains(comparison) else {
            readings.reportKind(kind.name, found: json)
            return nil
        }
        guard comparison.takesList, case .list(let items) = json else {
            return kind.scalar.read(json, &readings).map { ConditionTest(comparison, [$0]) }
        }
        let values = items.enumerated().map { index, item in
            readings.inElement(index) { kind.scalar.read(item, &$0) }
        }
        return values.contains { $0 == nil } ? nil : ConditionTest(comparison, values.compactMap { $0 })
    }

    private static func example(_ field: ConditionField) -> String {
        "{\"\(field.kind.operators[0].rawValue)\": …}"
    }

    private var json: PolicyJSON {
        let members = tests.map { test in
            let values = test.values.map(field.kind.scalar.write)
            return (test.comparison.rawValue, test.comparison.takesList ? .list(values) : values.first ?? .null)
        }
        return .object(Dictionary(members) { first, _ in first })
    }
}
