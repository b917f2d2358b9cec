/// How a condition compares a fact with what the rule says.
public enum ConditionOperator: String, Hashable, Sendable, CaseIterable {
    case equals = "is"
    case isNot = "is_not"
    case anyOf = "any_of"
    case allOf = "all_of"
    case noneOf = "none_of"
    case atLeast = "at_least"
    case atMost = "at_most"
    case moreThan = "more_than"
    case lessThan = "less_than"

    /// Whether it compares with a list rather than one value.
    var takesList: Bool {
        switch self {
        case .anyOf, .allOf, .noneOf: true
        case .equals, .isNot, .atLeast, .atMost, .moreThan, .lessThan: false
        }
    }

    /// As a person reads it, e.g. `order.total_value is at least 100.00`.
    var words: String {
        switch self {
        case .equals: "is"
        case .isNot: "is not"
        case .anyOf: "is or has any of"
        case .allOf: "has all of"
        case .noneOf: "is or has none of"
        case .atLeast: "is at least"
        case .atMost: "is at most"
        case .moreThan: "is more than"
        case .lessThan: "is less than"
        }
    }
}
