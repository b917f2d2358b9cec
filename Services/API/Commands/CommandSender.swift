import Commerce
import Crypto
import Foundation
import Messaging

/// Sends commands in the caller's name and waits a moment for the owner's answer.
///
/// *Guarantees*: a command is sent exactly if its transaction commits. One sent under an `Idempotency-Key` has the same
/// message id however often the request is tried, so its owner carries it out once.
/// *Not guaranteed*: that the answer is there in time; then the outcome is ``CommandOutcome/pending``.
struct CommandSender: Sendable {
    let outbox: TransactionalOutbox
    /// LIMIT: as long as a person waits for a button; owners answer within milliseconds unless they are down.
    var patience = Duration.seconds(5)

    private static let pollInterval = Duration.milliseconds(20)

    func send<C: Command>(_ command: C, subject: String, for request: APIRequest) async throws -> CommandOutcome {
        try await send(
            named: C.name, to: C.owner, data: RawJSON(encoding: command), subject: subject, for: request)
    }

    /// Sends a command that every service understands to one of them.
    func send(
        named name: String, to owner: ServiceName, data: RawJSON, subject: String, for request: APIRequest
    ) async throws -> CommandOutcome {
        let message = try outbox.factory.command(
            name: name, owner: owner, data: data, subject: subject, context: request.context
        ).renamed(Self.messageID(for: request))
        try await outbox.transaction(request.context) { $0.send(message) }
        return try await outcome(of: message.envelope.attributes.id, in: request.workspaceID)
    }

    private func outcome(of messageID: String, in workspaceID: WorkspaceID) async throws -> CommandOutcome {
        let deadline = ContinuousClock.now + patience
        while true {
            switch try await OutcomeReader.outcome(of: messageID, in: workspaceID, outbox.pool) {
            case .accepted(let reply): return .accepted(reply)
            case .refused(let refusal): return .refused(refusal)
            case nil where ContinuousClock.now >= deadline: return .pending
            case nil: try await Task.sleep(for: Self.pollInterval)
            }
        }
    }

    /// Nil leaves the message the id it was made with.
    private static func messageID(for request: APIRequest) -> String? {
        request.idempotencyKey.map { key in
            let intent = [request.caller.principal, request.method, request.path, key].joined(separator: "\n")
            return "api-"
                + SHA256.hash(data: Data(intent.utf8)).map { byte in
                    (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }.joined()
        }
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
