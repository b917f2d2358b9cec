/// What an inspection says to one item of the policy's checklist.
public struct ChecklistAnswer: Codable, Sendable, Equatable {
    /// Whether what the item says holds.
    public var passed: Bool
    public var note: String?

    public init(_ passed: Bool, note: String? = nil) {
        self.passed = passed
        self.note = note
    }

    /// Takes `true` or `false` alone, too.
    public init(from decoder: any Decoder) throws {
        if let passed = try? decoder.singleValueContainer().decode(Bool.self) {
            self.init(passed)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(Bool.self, forKey: .passed),
            note: try container.decodeIfPresent(String.self, forKey: .note))
    }

    enum CodingKeys: String, CodingKey { case passed, note }
}
