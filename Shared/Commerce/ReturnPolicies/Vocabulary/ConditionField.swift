/// A fact that the conditions of rules may ask for.
///
/// The one declaration of a field serves the reading of rules, their checks, their evaluation and the document of the
/// vocabulary: a new condition is one new entry in the table of its group.
public struct ConditionField: Sendable {
    public enum Group: String, Hashable, Sendable, CaseIterable {
        case customer, order, product
        case ofReturn = "return"
    }

    /// What a value of the field must be declared as elsewhere in the policy.
    enum Reference: Hashable, Sendable {
        case tag, reason, grade, zone, country, currency
    }

    /// The field's part after the group, e.g. `total_value`.
    let member: String
    public let group: Group
    public let kind: FactKind
    /// Whether each line of a return has its own fact.
    public let isOfLine: Bool
    let reference: Reference?
    public let summary: String
    let fact: @Sendable (ReturnSituation) -> FactValue?

    init(
        _ group: Group, _ member: String, _ kind: FactKind, ofLine isOfLine: Bool = false,
        reference: Reference? = nil, _ summary: String, fact: @escaping @Sendable (ReturnSituation) -> FactValue?
    ) {
        self.group = group
        self.member = member
        self.kind = kind
        self.isOfLine = isOfLine
        self.reference = reference
        self.summary = summary
        self.fact = fact
    }

    /// As rules name it, e.g. `order.total_value`.
    public var name: String { "\(group.rawValue).\(member)" }
}

extension ConditionField: Equatable {
    public static func == (left: ConditionField, right: ConditionField) -> Bool { left.name == right.name }
}
