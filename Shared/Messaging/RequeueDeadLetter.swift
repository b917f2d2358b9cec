import Commerce
import Foundation

/// Sends a dead letter back to the queue it came from, under a new message id. Every service handles its own.
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
    static let requeueDeadLetter = MessageHandler(
        pattern: RequeueDeadLetter.name, isEvent: false, scope: .workspace,
        work: .batch(
            { envelopes, transaction in
                var replies: [CommandReply?] = []
                for envelope in envelopes {
                    try await requeue(envelope.data(), transaction.caused(by: envelope))
                    replies.append(.accepted(.emptyObject))
                }
                return replies
            }, repeated: nil))

    private static func requeue(_ command: RequeueDeadLetter, _ transaction: HandlerTransaction) async throws {
        guard
            let letter = try await DeadLetterStore.lock(
                command.id, of: transaction.workspaceID, in: transaction.database)
        else {
            throw Refusal(code: "not_found", message: "there is no dead letter \(command.id)")
        }
        guard letter.status == "open" else {
            throw Refusal(code: "not_open", message: "dead letter \(command.id) is already \(letter.status)")
        }
        guard let envelope = try? Envelope(body: letter.body) else {
            throw Refusal(
                code: "malformed", message: "dead letter \(command.id) is not an envelope: edit or discard it")
        }
        var attributes = envelope.attributes
        attributes.id = UUIDv7.make().uuidString.lowercased()
        attributes.causationid = envelope.attributes.id
        transaction.send(
            OutgoingMessage(
                exchange: "", routingKey: letter.queue, envelope: try Envelope(attributes, data: envelope.rawData())))
        try await DeadLetterStore.markRequeued(command.id, at: transaction.now, in: transaction.database)
        try await transaction.audit(
            AuditEntry(action: "dead_letter.requeue", subject: command.id.description, reason: command.reason))
    }
}
