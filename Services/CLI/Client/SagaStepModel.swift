import Providers

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

        enum CodingKeys: String, CodingKey {
            case path, kind, name, status, attempts, error, undo, result, seq, owner, trouble, lost
            case startedAt = "started_at"
            case finishedAt = "finished_at"
            case dueAt = "due_at"
            case deadlineAt = "deadline_at"
        }
    }

    struct Undo: Decodable, Sendable {
        var name: String
        var status: String
        var error: CodedMessage?
        var trouble: String?
    }
}

extension SagaModel.Step {
    var isOpen: Bool { status == "issued" }
    var isCommand: Bool { ["perform", "attempt", "child"].contains(kind) }
    var isLost: Bool { lost ?? false }

    /// What keeps it from going on: itself first, then its undo.
    var problem: String? {
        let own = Self.problem(trouble, error)
        guard let undo, let its = Self.problem(undo.trouble, undo.error) else { return own }
        return own.map { "\($0); undo: \(its)" } ?? "undo: \(its)"
    }

    private static func problem(_ trouble: String?, _ error: CodedMessage?) -> String? {
        let told = error.map { $0.code == $0.message ? $0.code : "\($0.code): \($0.message)" }
        guard let trouble, trouble != error?.code else { return told }
        return told.map { "\(trouble) (\($0))" } ?? trouble
    }
}
