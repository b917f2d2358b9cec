import Commerce
import Crypto
import Foundation
import Messaging

/// Sends commands in the caller's name and waits a moment for the owner's answer.
///
/// *Guarantees*: a command is sent exactly if its transaction commits. One sent under an `Idempotency-Key` has the same
/// message id however often the same request is tried, so its owner carries it out once. One that is waited for does
/// not queue up behind the commands of sagas.
/// *Not guaranteed*: that the answer is there in time; then the outcome is ``CommandOutcome/pending``.
struct CommandSender: Sendable {
    let outbox: TransactionalOutbox
    /// LIMIT: as long as a person waits for a button; owners answer within milliseconds unless they are down.
    var patience = Duration.seconds(5)

    /// LIMIT: an answer is seen at most half as late again as it came, and a busy owner is not kept busy by being waited for.
    private static let pauseMin = Duration.milliseconds(10)
    private static let pauseMax = Duration.milliseconds(500)

    func send<C: Command>(_ command: C, subject: String, for request: APIRequest) async throws -> CommandOutcome {
        try await send(
            named: C.name, to: C.owner, data: RawJSON(encoding: command), subject: subject, for: request)
    }

    /// Sends a command that every service understands to one of them.
    func send(
        named name: String, to owner: ServiceName, data: RawJSON, subject: String, for request: APIRequest
    ) async throws -> CommandOutcome {
        let draft = CommandDraft(name: name, owner: owner, data: data, subject: subject)
        let message = try message(draft, Self.messageID(for: request), request)
        return try await send([message.interactive(to: owner)], for: request, patience: patience)[0]
    }

    /// Sends several commands in one transaction.
    /// - Parameter waits: whether to give their owners time to answer.
    /// - Returns: how each was answered, in their order.
    func send(
        all drafts: [CommandDraft], for request: APIRequest, waits: Bool = true
    ) async throws -> [CommandOutcome] {
        let messages = try drafts.map { draft in
            let message = try message(draft, Self.messageID(for: request, about: draft.subject), request)
            return waits ? message.interactive(to: draft.owner) : message
        }
        return try await send(messages, for: request, patience: waits ? patience : .zero)
    }

    private func message(_ draft: CommandDraft, _ id: String?, _ request: APIRequest) throws -> OutgoingMessage {
        try outbox.factory.command(
            name: draft.name, owner: draft.owner, data: draft.data, subject: draft.subject, context: request.context
        ).renamed(id)
    }

    private func send(
        _ messages: [OutgoingMessage], for request: APIRequest, patience: Duration
    ) async throws -> [CommandOutcome] {
        guard !messages.isEmpty else { return [] }
        try await outbox.transaction(request.context) { transaction in messages.forEach(transaction.send) }
        let ids = messages.map(\.envelope.attributes.id)
        let replies = try await replies(to: ids, in: request.workspaceID, patience)
        return ids.map { id in
            switch replies[id] {
            case .accepted(let reply): .accepted(reply)
            case .refused(let refusal): .refused(refusal)
            case nil: .pending
            }
        }
    }

    private func replies(
        to ids: [String], in workspaceID: WorkspaceID, _ patience: Duration
    ) async throws -> [String: CommandReply] {
        let begun = ContinuousClock.now
        while true {
            let replies = try await OutcomeReader.outcomes(of: ids, in: workspaceID, outbox.pool)
            let waited = ContinuousClock.now - begun
            if replies.count == ids.count || waited >= patience { return replies }
            let pause = min(max(waited / 2, Self.pauseMin), Self.pauseMax)
            try await Task.sleep(for: min(pause, patience - waited))
        }
    }

    /// Nil leaves the message the id it was made with.
    ///
    /// WHY: it holds what is asked for, because owners remember messages longer than the api remembers keys: a key that
    /// comes again later for another request must not be answered with what became of the first.
    /// - Parameter subject: tells the commands of one request apart.
    private static func messageID(for request: APIRequest, about subject: String? = nil) -> String? {
        request.idempotencyKey.map { key in
            let parts = [request.caller.principal, request.method, request.path, key, request.fingerprint]
            let intent = (parts + (subject.map { [$0] } ?? [])).joined(separator: "\n")
            return "api-"
                + SHA256.hash(data: Data(intent.utf8)).map { byte in
                    (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }.joined()
        }
    }
}

/// A command that is known by name only.
struct CommandDraft: Sendable {
    var name: String
    var owner: ServiceName
    var data: RawJSON
    var subject: String
}

extension CommandDraft {
    init<C: Command>(_ command: C, subject: String) throws {
        self.init(name: C.name, owner: C.owner, data: try RawJSON(encoding: command), subject: subject)
    }
}

/// How a command was answered.
enum CommandOutcome: Sendable {
    case accepted(RawJSON)
    case refused(Refusal)
    /// The owner has not answered yet; it will.
    case pending
}

extension OutgoingMessage {
    fileprivate func renamed(_ id: String?) throws -> OutgoingMessage {
        guard let id else { return self }
        var message = self
        var attributes = envelope.attributes
        attributes.id = id
        message.envelope = try Envelope(attributes, data: envelope.rawData())
        return message
    }
}
