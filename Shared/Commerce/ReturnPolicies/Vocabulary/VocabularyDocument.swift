/// The vocabulary of rules for the people and programs that write them, from the declarations of its words.
public struct VocabularyDocument: Hashable, Sendable, Codable {
    /// A fact that a rule may ask for.
    public struct Condition: Hashable, Sendable, Codable {
        /// As rules name it, e.g. `order.total_value`.
        public let name: String
        public let group: String
        /// The first is meant where a value stands without one.
        public let operators: [String]
        /// The kind of value, in words.
        public let value: String
        /// The only values there are; nil where there are others.
        public let choices: [String]?
        /// Whether each line of a return has its own fact.
        public let ofLine: Bool
        /// Whether anything tells the fact yet; a condition on one that nothing tells is never met.
        public let told: Bool
        public let meaning: String

        enum CodingKeys: String, CodingKey {
            case name, group, operators, value, choices, told, meaning
            case ofLine = "of_line"
        }
    }

    /// Something a rule may do.
    public struct Action: Hashable, Sendable, Codable {
        public let name: String
        public let group: String
        public let value: String
        /// Whether it is decided for each line; otherwise once for the return.
        public let ofLine: Bool
        /// Whether a person must decide where it is not known if the rule applies.
        public let restrictive: Bool
        public let meaning: String

        enum CodingKeys: String, CodingKey {
            case name, group, value, restrictive, meaning
            case ofLine = "of_line"
        }
    }

    public let conditions: [Condition]
    public let actions: [Action]

    /// Everything there is.
    public init() {
        conditions = ConditionVocabulary.fields.map(Condition.init)
        actions = ActionVocabulary.actions.map(Action.init)
    }
}

extension VocabularyDocument.Condition {
    fileprivate init(_ field: ConditionField) {
        name = field.name
        group = field.group.rawValue
        operators = field.kind.operators.map(\.rawValue)
        value = field.kind.name
        if case .text(let choices) = field.kind { self.choices = choices } else { choices = nil }
        ofLine = field.isOfLine
        told = !ConditionVocabulary.untold.contains(field.name)
        meaning = field.summary
    }
}

extension VocabularyDocument.Action {
    fileprivate init(_ action: ActionType) {
        name = action.name
        group = action.group.rawValue
        value = action.kind.name
        ofLine = action.isOfLine
        restrictive = action.isRestrictive
        meaning = action.summary
    }
}
