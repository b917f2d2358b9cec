import AMQP
import Commerce
import Foundation
import Logging
import Postgres

/// What becomes of deliveries, whatever brought them: runs the handlers, stores the inbox rows, publishes the replies.
///
/// *Guarantees*: when ``commit(_:)`` returns, the effects of every message are committed, or the message is in a timer
/// or a dead-letter queue; when ``pay(_:)`` has returned too, the replies are confirmed by the broker and the delivery
/// may be acknowledged. While the database or the broker is away both wait and try again rather than returning.
struct MessageProcessor: Sendable {
    let queue: String
    let table: HandlerTable
    let outbox: TransactionalOutbox
    let deferral: Deferral
    let effects: EffectRunner
    let logger: Logger
    let processed = ProcessedCounts()

    /// Commits the effects of a job. What it then owes is for ``pay(_:)``.
    func commit(_ job: Job) async throws -> Debt {
        switch job {
        case .malformed(let body, let detail):
            try await deadLetter(body: body, envelope: nil, reason: "malformed", detail: detail)
            return Debt()
        case .unhandled(let envelope):
            return try await settling(envelope) { try await commitUnhandled(envelope) }
        case .batch(let messages):
            return try await commitTogether(messages)
        case .effect(let envelope, let index):
            return try await commitEffect(envelope, index)
        }
    }

    /// An event is bound by whoever handles it: one that is not handled here is another build's, which shares the queue
    /// while it is being rolled out, and is left to it. A command always has one owner.
    private func commitUnhandled(_ envelope: Envelope) async throws -> Debt {
        let detail = "\(queue) has no handler for '\(envelope.attributes.type)'"
        do {
            guard envelope.attributes.type.contains(".") else {
                throw GivenUp(error: Refusal(code: "no_handler", message: detail), attempts: 1)
            }
            let policy = deferral.policy
            return try await deferral.retry(
                envelope, error: Refusal(code: "no_handler", message: detail), retryAfter: policy.unhandledDelay,
                attemptMax: policy.unhandledAttemptMax, countedAs: "unhandled"
            ).owed
        } catch is GivenUp {
            try await deadLetter(body: envelope.body, envelope: envelope, reason: "no_handler", detail: detail)
            return Debt()
        }
    }

    // MARK: Batches

    private func commitTogether(_ messages: [HandledMessage]) async throws -> Debt {
        guard messages.count > 1 else { return try await commitAlone(messages[0]) }
        do {
            return try await patiently {
                do {
                    return try await commitBatch(messages, looksUp: messages.contains(where: \.isRedelivered))
                } catch is AlreadyProcessed {
                    return try await commitBatch(messages, looksUp: true)
                }
            }
        } catch  where !error.isInfrastructure {
            return try await commitOneByOne(messages)
        }
    }

    private func commitOneByOne(_ messages: [HandledMessage]) async throws -> Debt {
        var debt = Debt()
        for message in messages { debt += try await commitAlone(message) }
        return debt
    }

    private func commitAlone(_ message: HandledMessage) async throws -> Debt {
        let envelope = message.envelope
        return try await settling(envelope) {
            do {
                return try await decide(message)
            } catch is AlreadyProcessed {
                return try await commitBatch([message], looksUp: true)
            } catch let malformed as MalformedMessage {
                try await deadLetter(
                    body: envelope.body, envelope: envelope, reason: "malformed", detail: malformed.description)
                return Debt()
            } catch  where !error.isInfrastructure {
                return try await unexpected(error, envelope)
            }
        }
    }

    private func decide(_ message: HandledMessage) async throws -> Debt {
        do {
            return try await commitBatch([message], looksUp: message.isRedelivered)
        } catch let refusal as Refusal {
            return try await storeRefusal(refusal, message)
        }
    }

    /// One transaction for all; those processed before are answered from their rows.
    ///
    /// Without a look-up a message that was processed before fails the transaction with ``AlreadyProcessed``.
    private func commitBatch(_ messages: [HandledMessage], looksUp: Bool) async throws -> Debt {
        let scope = table.handlers[messages[0].handler].scope
        let context = MessageContext(causedBy: messages[0].envelope)
        let unique = messages.uniqueByMessage()
        let (replies, debt) = try await outbox.commit(context, scope: scope, isDelivery: true) { transaction in
            let known = looksUp ? try await InboxStore.lookUp(unique.map(\.envelope), in: transaction.database) : [:]
            let (fresh, repeated) = unique.divided(by: known)
            try await handle(repeated: repeated.map(\.message), in: transaction)
            let results = try await handle(fresh, in: transaction)
            if !results.isEmpty { try InboxStore.insert(results, in: transaction.database) }
            transaction.afterCommit { count(fresh, results.map(\.reply), repeated: repeated.map(\.message)) }
            return repeated.map { (envelope: $0.message.envelope, reply: $0.reply) } + results
        }
        return try adding(replies, to: debt)
    }

    /// Neighbours of one handler are handled together; the order of arrival stands.
    private func handle(
        _ messages: [HandledMessage], in transaction: HandlerTransaction
    ) async throws -> [(envelope: Envelope, reply: CommandReply?)] {
        var results: [(envelope: Envelope, reply: CommandReply?)] = []
        results.reserveCapacity(messages.count)
        for run in messages.runsByHandler() {
            guard case .batch(let work, _) = table.handlers[run.handler].work else { continue }
            results += zip(run.envelopes, try await work(run.envelopes, transaction)).map { ($0, $1) }
        }
        return results
    }

    private func handle(repeated messages: [HandledMessage], in transaction: HandlerTransaction) async throws {
        for run in messages.runsByHandler() {
            guard case .batch(_, let repeated?) = table.handlers[run.handler].work else { continue }
            try await repeated(run.envelopes, transaction)
        }
    }

    private func storeRefusal(_ refusal: Refusal, _ message: HandledMessage) async throws -> Debt {
        let envelope = message.envelope
        let context = MessageContext(causedBy: envelope)
        let reply = CommandReply.refused(
            Refusal(
                code: refusal.code, message: refusal.message.printable(), field: refusal.field.map { $0.printable() }))
        let (_, debt) = try await outbox.commit(context, scope: .workspace, isDelivery: true) { transaction in
            try InboxStore.insert(envelope, reply: reply, in: transaction.database)
            transaction.afterCommit { count([message], [reply]) }
        }
        return try adding([(envelope, reply)], to: debt)
    }

    // MARK: Effects

    private func commitEffect(_ envelope: Envelope, _ index: Int) async throws -> Debt {
        guard case .effect(let work) = table.handlers[index].work else { return Debt() }
        return try await settling(envelope) {
            do {
                return try await answer(envelope, index) { try await work(envelope, effects) }
            } catch is AlreadyProcessed {
                return try await answer(envelope, index) { try await work(envelope, effects) }
            } catch let givenUp as GivenUp {
                return try await exhausted(envelope, givenUp)
            } catch let malformed as MalformedMessage {
                try await deadLetter(
                    body: envelope.body, envelope: envelope, reason: "malformed", detail: malformed.description)
                return Debt()
            } catch  where !error.isInfrastructure {
                return try await unexpected(error, envelope)
            }
        }
    }

    private func answer(
        _ envelope: Envelope, _ index: Int, _ work: () async throws -> EffectResult
    ) async throws -> Debt {
        let result = try await work()
        if let reply = result.reply { count(.init(reply), handler: index) }
        return try adding([(envelope, result.reply)], to: result.owed)
    }

    // MARK: What every path ends in

    /// Whatever one message does, also to the handling of its failure, it does to itself: its neighbours, committed or
    /// not, are settled without it.
    private func settling(_ envelope: Envelope, _ work: () async throws -> Debt) async throws -> Debt {
        do {
            return try await patiently(waits: { $0.isInfrastructure || $0.isTimeLimit }, work)
        } catch  where error.isOfTheMessage {
            logger.error(
                "message cannot be settled",
                metadata: ["message_id": "\(envelope.attributes.id)", "error": "\(error)"])
            try await deadLetter(body: envelope.body, envelope: envelope, reason: "unexpected", detail: "\(error)")
            return Debt()
        }
    }

    /// A reply's record is its inbox row, from which a redelivery sends it again.
    private func adding(
        _ replies: [(envelope: Envelope, reply: CommandReply?)], to debt: Debt
    ) throws -> Debt {
        var debt = debt
        for (envelope, reply) in replies {
            guard let reply, let saga = SagaAddress(envelope.attributes) else { continue }
            debt.direct.append(try outbox.factory.reply(reply, to: envelope, saga: saga))
        }
        return debt
    }

    /// A handler failed in a way nobody foresaw: a few tries, then the dead letters. As many as for any failure where it
    /// took the database too long.
    private func unexpected(_ error: any Error, _ envelope: Envelope) async throws -> Debt {
        logger.error(
            "handler failed",
            metadata: [
                "message_id": "\(envelope.attributes.id)", "type": "\(envelope.attributes.type)", "error": "\(error)",
            ])
        let isTimeLimit = error.isTimeLimit
        let refusal = Refusal(code: isTimeLimit ? "database_timeout" : "unexpected", message: "\(error)".printable())
        let attemptMax = isTimeLimit ? deferral.policy.attemptMax : deferral.policy.unexpectedAttemptMax
        do {
            // WHY: a wait in place, since nobody but this message holds its row of failures.
            return try await patiently(waits: { $0.isInfrastructure || $0.isTimeLimit }) {
                try await deferral.retry(envelope, error: refusal, retryAfter: nil, attemptMax: attemptMax).owed
            }
        } catch let givenUp as GivenUp {
            return try await exhausted(envelope, givenUp)
        }
    }

    private func exhausted(_ envelope: Envelope, _ givenUp: GivenUp) async throws -> Debt {
        try await deadLetter(
            body: envelope.body, envelope: envelope, reason: "exhausted",
            detail: "\(givenUp.error) (\(givenUp.attempts) attempts)")
        return Debt()
    }

    private func deadLetter(body: [UInt8], envelope: Envelope?, reason: String, detail: String) async throws {
        var message = AMQPMessage(
            exchange: Topology.deadLetters, routingKey: queue, body: body,
            messageID: envelope?.attributes.id, correlationID: envelope?.attributes.correlationid,
            type: envelope?.attributes.type)
        message.headers = [
            // WHY: bounded, since the headers of a message must fit one frame.
            DeadLetterHeader.reason: .string(reason), DeadLetterHeader.detail: .string(detail.printable()),
        ]
        let parked = message
        try await patiently { try await outbox.relay.publish(raw: parked) }
    }

    /// Repeats while the database or the broker is away: a delivery must not use up its tries on an outage.
    func patiently<R>(
        waits: (any Error) -> Bool = { $0.isInfrastructure }, _ work: () async throws -> R
    ) async throws -> R {
        var delay = Duration.milliseconds(200)
        while true {
            do {
                return try await work()
            } catch  where waits(error) && !Task.isCancelled {
                logger.warning("waiting for the database or the broker", metadata: ["error": "\(error)"])
                try await Task.sleep(for: delay)
                delay = min(delay * 2, .seconds(5))
            }
        }
    }
}
