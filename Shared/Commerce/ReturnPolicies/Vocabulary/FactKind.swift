/// The kinds of facts that conditions compare.
public enum FactKind: Hashable, Sendable {
    /// A word, compared without regard to case; `choices` where only certain words occur.
    case text(choices: [String]?)
    /// A word that is compared exactly, such as a SKU.
    case code
    /// Any number of words, compared without regard to case, such as tags.
    case texts
    /// A whole number, not negative.
    case count
    /// A decimal in the policy's currency, not negative.
    case amount
    /// From 0 to 100.
    case percent
    /// A date of the shop's calendar.
    case day
    case flag

    /// What documents and messages call it.
    var name: String {
        switch self {
        case .text(let choices?): "one of \(choices.joined(separator: ", "))"
        case .text, .code: "a text"
        case .texts: "a list of texts"
        case .count: "a whole number"
        case .amount: "an amount such as \"12.50\""
        case .percent: "a percentage such as \"12.5\""
        case .day: "a date such as \"2026-11-01\""
        case .flag: "true or false"
        }
    }

    /// In the order in which documents list them; the first is meant where a value stands without an operator.
    var operators: [ConditionOperator] {
        switch self {
        case .text, .code: [.equals, .isNot, .anyOf, .noneOf]
        case .texts: [.anyOf, .allOf, .noneOf]
        case .count, .amount, .percent, .day: [.equals, .isNot, .atLeast, .atMost, .moreThan, .lessThan]
        case .flag: [.equals, .isNot]
        }
    }

    /// The least and the greatest number there can be.
    var bounds: ClosedRange<Int64> {
        switch self {
        case .percent: 0...100 * Self.decimalUnit
        case .day: .min ... .max
        case .text, .code, .texts, .count, .amount, .flag: 0 ... .max
        }
    }

    static let decimalUnit: Int64 = 100_000_000

    /// The form in which words are compared.
    func comparable(_ text: String) -> String {
        self == .code ? text : text.lowercased()
    }
}
