/// A setting is missing or malformed. The text is one line, names the key and holds no value.
public struct ProviderSettingsProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let provider: String
    /// Nil when the settings are no JSON object at all.
    public let key: String?
    public let problem: String

    public var description: String {
        guard let key else { return "\(provider): \(problem)" }
        return "\(provider): \(key) \(problem)"
    }

    init(provider: String, key: String?, problem: String) {
        self.provider = provider
        self.key = key
        self.problem = problem
    }

    init(provider: String, _ error: any Error) {
        switch error {
        case let problem as SettingProblem:
            self.init(provider: provider, key: problem.key, problem: problem.text)
        case DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context),
            DecodingError.valueNotFound(_, let context):
            let key = context.codingPath.first?.stringValue
            self.init(provider: provider, key: key, problem: key == nil ? Self.notAnObject : "is malformed")
        default:
            self.init(provider: provider, key: nil, problem: Self.notAnObject)
        }
    }

    private static let notAnObject = "the settings are malformed"
}

/// What is wrong with one key.
struct SettingProblem: Error {
    let key: String
    let text: String
}
