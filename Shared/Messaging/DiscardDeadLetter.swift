import Commerce

/// Closes a dead letter for good: its message is not processed. The row stays for the record.
///
/// A saga that waits for it stays stuck; its own verbs decide how it goes on. Refused with `not_found` or `not_open`.
public struct DiscardDeadLetter: Codable, Sendable {
    public static let name = "DiscardDeadLetter"

    public var id: DeadLetterID
    public var reason: String

    public init(id: DeadLetterID, reason: String) {
        self.id = id
        self.reason = reason
    }
}

extension MessageHandler {
    static let discardDeadLetter = deadLetterVerb(DiscardDeadLetter.name) {
        (command: DiscardDeadLetter, transaction) in
        let letter = try await OpenDeadLetter.lock(command.id, in: transaction)
        try await letter.close(.discarded, in: transaction)
        try await transaction.audit(
            AuditEntry(
                action: "dead_letter.discard", subject: command.id.description, reason: command.reason,
                before: letter.data))
    }
}
