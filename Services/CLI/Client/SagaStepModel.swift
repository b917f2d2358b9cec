import Commerce

extension SagaModel {
    struct Step: Decodable, Sendable {
        var path: String
        var kind: String
        var name: String
        var status: String
        var attempts: Int
        var error: CodedMessage?
        var undo: Undo?
        var result: JSONValue?
        var startedAt: String
        var finishedAt: String?
        var seq: Int?
        var owner: String?
        var trouble: String?
        var lost: Bool?
        var dueAt: String?
        var deadlineAt: String?
        /// Of its call at a provider where that is not simply done.
        var effect: EffectModel?
        /// Of its message, where that was given up on.
        var deadLetterID: String?

        enum CodingKeys: String, CodingKey {
            case path, kind, name, status, attempts, error, undo, result, seq, owner, trouble, lost, effect
            case startedAt = "started_at"
            case finishedAt = "finished_at"
            case dueAt = "due_at"
            case deadlineAt = "deadline_at"
            case deadLetterID = "dead_letter_id"
        }
    }

    struct Undo: Decodable, Sendable {
        var name: String
        var status: String
        var error: CodedMessage?
        var trouble: String?
        var effect: EffectModel?
        var deadLetterID: String?

        enum CodingKeys: String, CodingKey {
            case name, status, error, trouble, effect
            case deadLetterID = "dead_letter_id"
        }
    }
}

extension SagaModel.Step {
    var isOpen: Bool { status == "issued" }
    var isCommand: Bool { ["perform", "attempt", "child"].contains(kind) }
    var isLost: Bool { lost ?? false }

    /// What keeps it from going on: itself first, then its undo.
    var problem: String? {
        let own = Self.problem(trouble, error, effect)
        guard let undo, let its = Self.problem(undo.trouble, undo.error, undo.effect) else { return own }
        return own.map { "\($0); undo: \(its)" } ?? "undo: \(its)"
    }

    private static func problem(_ trouble: String?, _ error: CodedMessage?, _ effect: EffectModel?) -> String? {
        var told = error.map { $0.code == $0.message ? $0.code : "\($0.code): \($0.message)" }
        if let trouble, trouble != error?.code { told = told.map { "\(trouble) (\($0))" } ?? trouble }
        let applied = effect?.doubt.map { "\(effect?.provider ?? "") \($0)" }
        let words = [told, applied].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }
}
