import Commerce
import Foundation

/// Sends a dead letter back to the queue it came from. Every service handles its own.
///
/// *Guarantees*: it keeps its message id, so that nothing is done twice where another copy of it was processed meanwhile:
/// that is answered as before.
///
/// Refused with `not_found`, `not_open`, or `malformed` where it is no envelope.
public struct RequeueDeadLetter: Codable, Sendable {
    public static let name = "RequeueDeadLetter"

    public var id: DeadLetterID
    public var reason: String

    public init(id: DeadLetterID, reason: String) {
        self.id = id
        self.reason = reason
    }
}

extension MessageHandler {
    static let requeueDeadLetter = deadLetterVerb(RequeueDeadLetter.name) {
        (command: RequeueDeadLetter, transaction) in
        let letter = try await OpenDeadLetter.lock(command.id, in: transaction)
        let envelope = try letter.envelope()
        try await letter.requeue(envelope.attributes, data: envelope.rawData(), in: transaction)
        try await transaction.audit(
            AuditEntry(action: "dead_letter.requeue", subject: command.id.description, reason: command.reason))
    }
}
