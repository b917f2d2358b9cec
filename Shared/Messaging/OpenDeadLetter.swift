import Commerce
import Foundation

/// A dead letter of this service that somebody is about to decide on; its row is locked.
struct OpenDeadLetter: Sendable {
    let id: DeadLetterID
    let stored: DeadLetterStore.Stored

    /// - Throws: ``Refusal`` `not_found`, or `not_open` once somebody has decided.
    static func lock(_ id: DeadLetterID, in transaction: HandlerTransaction) async throws -> OpenDeadLetter {
        let found = try await DeadLetterStore.lock(id, of: transaction.workspaceID, in: transaction.database)
        guard let stored = found else {
            throw Refusal(code: "not_found", message: "there is no dead letter \(id)")
        }
        guard stored.status == "open" else {
            throw Refusal(code: "not_open", message: "dead letter \(id) is already \(stored.status)")
        }
        return OpenDeadLetter(id: id, stored: stored)
    }

    func envelope() throws -> Envelope {
        do {
            return try Envelope(body: stored.body)
        } catch {
            throw Refusal(
                code: "malformed",
                message: "dead letter \(id) is not an envelope (\(error)): edit it with a whole message, or discard it")
        }
    }

    /// What the message said, where that is JSON, as the audit log takes it.
    var data: RawJSON? { try? Envelope(body: stored.body).rawData().storable }

    /// Sends the letter, or what stands in for it, to where the letter came from.
    func requeue(
        _ attributes: Envelope.Attributes, data: RawJSON, in transaction: HandlerTransaction
    ) async throws {
        let address = LetterAddress(stored.queue)
        transaction.send(
            OutgoingMessage(
                exchange: address.exchange, routingKey: address.routingKey,
                envelope: Envelope(attributes, data: data)))
        try await close(.requeued, in: transaction)
    }

    func close(_ status: DeadLetterStore.Closed, in transaction: HandlerTransaction) async throws {
        try await DeadLetterStore.close(id, status, at: transaction.now, in: transaction.database)
    }
}

extension RawJSON {
    /// The same where `jsonb` can keep it; else, with a NUL in it, its text as one string.
    var storable: RawJSON {
        get throws { text.contains(#"\u0000"#) ? try RawJSON(encoding: text) : self }
    }
}

extension MessageHandler {
    /// What every service can be told to do with its dead letters.
    static let deadLetterVerbs = [requeueDeadLetter, editDeadLetter, discardDeadLetter]

    static func deadLetterVerb<Command: Decodable & Sendable>(
        _ name: String, _ body: @escaping @Sendable (Command, HandlerTransaction) async throws -> Void
    ) -> MessageHandler {
        MessageHandler(
            pattern: name, isEvent: false, scope: .workspace,
            work: .batch(
                { envelopes, transaction in
                    var replies: [CommandReply?] = []
                    for envelope in envelopes {
                        try await body(envelope.data(), transaction.caused(by: envelope))
                        replies.append(.accepted(.emptyObject))
                    }
                    return replies
                }, repeated: nil))
    }
}
