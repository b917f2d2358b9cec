/// A condition of a rule and what became of it.
public struct ConditionTrace: Hashable, Sendable, Codable {
    public enum Result: String, Hashable, Sendable, Codable {
        case holds, fails
        /// The fact is not known, so that nobody can say.
        case unknown
    }

    /// The field, e.g. `order.total_value`.
    public let condition: String
    /// What was asked, e.g. `is at least 100.00`.
    public let test: String
    /// What was found; nil when it is not known.
    public let value: String?
    public let result: Result

    /// As a person reads it.
    public var words: String {
        switch result {
        case .holds: "\(condition) \(test): yes, it is \(value ?? "")"
        case .fails: "\(condition) \(test): no, it is \(value ?? "")"
        case .unknown: "\(condition) \(test): not known"
        }
    }
}
