import AMQP
import Commerce
import Foundation
import Logging
import Postgres

/// What becomes of deliveries, whatever brought them: runs the handlers, stores the inbox rows, publishes the replies.
///
/// *Guarantees*: when ``process(_:)`` returns, the effects of every message are committed and the replies confirmed by
/// the broker, or the message is in a timer or a dead-letter queue: it may be acknowledged. While the database or the
/// broker is away it waits and tries again rather than returning.
struct MessageProcessor: Sendable {
    let queue: String
    let table: HandlerTable
    let outbox: TransactionalOutbox
    let deferral: Deferral
    let effects: EffectRunner
    let logger: Logger

    struct Incoming: Sendable {
        let body: [UInt8]
        /// More than 1 MiB: the body was not kept.
        let isOversized: Bool
    }

    /// Splits a batch by handler. Effect handlers can take long: the caller runs ``Job``s side by side.
    func jobs(_ incoming: [Incoming]) -> [(job: Job, members: [Int])] {
        var jobs: [(job: Job, members: [Int])] = []
        var batches: [BatchKey: (members: [Int], envelopes: [Envelope])] = [:]
        for (position, message) in incoming.enumerated() {
            guard !message.isOversized else {
                jobs.append((.malformed([], "larger than 1 MiB: send large data by reference"), [position]))
                continue
            }
            do {
                let envelope = try Envelope(body: message.body)
                guard let index = table.index(of: envelope.attributes.type) else {
                    jobs.append((.unhandled(envelope), [position]))
                    continue
                }
                switch table.handlers[index].work {
                case .effect:
                    jobs.append((.effect(envelope, index), [position]))
                case .batch:
                    let scope = table.handlers[index].scope
                    let workspace = scope == .workspace ? envelope.attributes.workspaceid : nil
                    batches[BatchKey(index: index, workspace: workspace), default: ([], [])].members.append(position)
                    batches[BatchKey(index: index, workspace: workspace)]?.envelopes.append(envelope)
                }
            } catch {
                jobs.append((.malformed(message.body, "\(error)"), [position]))
            }
        }
        return batches.map { (.batch($0.value.envelopes, $0.key.index), $0.value.members) } + jobs
    }

    enum Job: Sendable {
        case batch([Envelope], Int)
        case effect(Envelope, Int)
        case unhandled(Envelope)
        case malformed([UInt8], String)
    }

    private struct BatchKey: Hashable {
        let index: Int
        let workspace: WorkspaceID?
    }

    func process(_ job: Job) async throws {
        switch job {
        case .malformed(let body, let detail):
            try await deadLetter(body: body, envelope: nil, reason: "malformed", detail: detail)
        case .unhandled(let envelope):
            // An event nobody here cares about came by a topic pattern; a command always has one owner.
            guard !envelope.attributes.type.contains(".") else { return }
            let detail = "\(queue) has no handler for '\(envelope.attributes.type)'"
            try await deadLetter(body: envelope.body, envelope: envelope, reason: "no_handler", detail: detail)
        case .batch(let envelopes, let index):
            try await processBatch(envelopes, index)
        case .effect(let envelope, let index):
            try await processEffect(envelope, index)
        }
    }

    // MARK: Batches

    private func processBatch(_ envelopes: [Envelope], _ index: Int) async throws {
        guard envelopes.count > 1 else {
            return try await processAlone(envelopes[0], index)
        }
        do {
            try await patiently { try await commitBatch(envelopes, index) }
        } catch  where !error.isInfrastructure {
            for envelope in envelopes {
                try await processAlone(envelope, index)
            }
        }
    }

    private func processAlone(_ envelope: Envelope, _ index: Int) async throws {
        try await patiently {
            do {
                try await commitBatch([envelope], index)
            } catch let refusal as Refusal {
                try await storeRefusal(refusal, envelope)
            } catch is AlreadyProcessed {
                try await commitBatch([envelope], index)
            } catch let malformed as MalformedMessage {
                try await deadLetter(
                    body: envelope.body, envelope: envelope, reason: "malformed", detail: malformed.description)
            } catch  where !error.isInfrastructure {
                try await unexpected(error, envelope)
            }
        }
    }

    /// One transaction for all; those processed before are answered from their rows.
    private func commitBatch(_ envelopes: [Envelope], _ index: Int) async throws {
        guard case .batch(let work) = table.handlers[index].work else { return }
        let scope = table.handlers[index].scope
        let (replies, owed) = try await outbox.commit(.init(causedBy: envelopes[0]), scope: scope) { transaction in
            let known = try await InboxStore.lookUp(envelopes, in: transaction.database)
            var fresh: [Envelope] = []
            var replies: [(Envelope, CommandReply?)] = []
            for envelope in envelopes.uniqueByMessage() {
                if case .processed(let reply)? = known[InboxStore.key(envelope)] {
                    replies.append((envelope, reply))
                } else {
                    fresh.append(envelope)
                }
            }
            if !fresh.isEmpty {
                let results = Array(zip(fresh, try await work(fresh, transaction)))
                try await InboxStore.insert(results.map { (envelope: $0, reply: $1) }, in: transaction.database)
                replies += results
            }
            return replies
        }
        try await publish(owed, replies: replies)
    }

    private func storeRefusal(_ refusal: Refusal, _ envelope: Envelope) async throws {
        let (reply, owed) = try await outbox.commit(.init(causedBy: envelope), scope: .workspace) { transaction in
            let reply = CommandReply.refused(refusal)
            try await InboxStore.insert(envelope, reply: reply, in: transaction.database)
            return reply
        }
        try await publish(owed, replies: [(envelope, reply)])
    }

    // MARK: Effects

    private func processEffect(_ envelope: Envelope, _ index: Int) async throws {
        guard case .effect(let work) = table.handlers[index].work else { return }
        try await patiently {
            do {
                let result = try await work(envelope, effects)
                try await publish(result.owed, replies: [(envelope, result.reply)])
            } catch is AlreadyProcessed {
                let result = try await work(envelope, effects)
                try await publish(result.owed, replies: [(envelope, result.reply)])
            } catch let givenUp as GivenUp {
                try await exhausted(envelope, givenUp)
            } catch let malformed as MalformedMessage {
                try await deadLetter(
                    body: envelope.body, envelope: envelope, reason: "malformed", detail: malformed.description)
            } catch  where !error.isInfrastructure {
                try await unexpected(error, envelope)
            }
        }
    }

    // MARK: What every path ends in

    private func publish(_ owed: [OutgoingMessage], replies: [(Envelope, CommandReply?)]) async throws {
        let answers = try replies.compactMap { envelope, reply -> OutgoingMessage? in
            guard let reply, let saga = SagaAddress(envelope.attributes) else { return nil }
            return try outbox.factory.reply(reply, to: envelope, saga: saga)
        }
        guard !answers.isEmpty else {
            outbox.relay.publishSoon(owed)
            return
        }
        try await patiently {
            try await outbox.relay.publish(owed + answers)
        }
        outbox.relay.forget(owed)
    }

    /// A handler failed in a way nobody foresaw: a few tries, then the dead letters.
    private func unexpected(_ error: any Error, _ envelope: Envelope) async throws {
        logger.error(
            "handler failed",
            metadata: [
                "message_id": "\(envelope.attributes.id)", "type": "\(envelope.attributes.type)", "error": "\(error)",
            ])
        let refusal = Refusal(code: "unexpected", message: "\(error)")
        do {
            let result = try await deferral.retry(
                envelope, error: refusal, retryAfter: nil, attemptMax: deferral.policy.unexpectedAttemptMax)
            outbox.relay.publishSoon(result.owed)
        } catch let givenUp as GivenUp {
            try await exhausted(envelope, givenUp)
        }
    }

    private func exhausted(_ envelope: Envelope, _ givenUp: GivenUp) async throws {
        try await deadLetter(
            body: envelope.body, envelope: envelope, reason: "exhausted",
            detail: "\(givenUp.error) (\(givenUp.attempts) attempts)")
    }

    private func deadLetter(body: [UInt8], envelope: Envelope?, reason: String, detail: String) async throws {
        var message = AMQPMessage(
            exchange: Topology.deadLetters, routingKey: queue, body: body,
            messageID: envelope?.attributes.id, correlationID: envelope?.attributes.correlationid,
            type: envelope?.attributes.type)
        message.headers = [
            DeadLetterHeader.reason: .string(reason), DeadLetterHeader.detail: .string(detail),
        ]
        let parked = message
        try await patiently { try await outbox.relay.publish(raw: parked) }
    }

    /// Repeats while the database or the broker is away: a delivery must not use up its tries on an outage.
    private func patiently(_ work: () async throws -> Void) async throws {
        var delay = Duration.milliseconds(200)
        while true {
            do {
                return try await work()
            } catch  where error.isInfrastructure && !Task.isCancelled {
                logger.warning("waiting for the database or the broker", metadata: ["error": "\(error)"])
                try await Task.sleep(for: delay)
                delay = min(delay * 2, .seconds(5))
            }
        }
    }
}

extension Error {
    /// Whether the database or the broker is at fault rather than the message.
    var isInfrastructure: Bool {
        switch self {
        // A queue that is not declared yet makes a publish unroutable: its owner is still starting.
        case let error as AMQPError: error.code == .unroutable || error.retryability != .doNotRetry
        case let error as PostgresError: error.retryability != .doNotRetry
        default: false
        }
    }
}

extension [Envelope] {
    /// A batch may hold the same message twice.
    fileprivate func uniqueByMessage() -> [Envelope] {
        var seen: Set<String> = []
        return filter { seen.insert(InboxStore.key($0)).inserted }
    }
}
