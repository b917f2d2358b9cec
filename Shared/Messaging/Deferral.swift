import Commerce
import Foundation
import Logging
import Postgres

/// Puts a message off to later through a timer, and gives up on it when it has failed too often.
struct Deferral: Sendable {
    let outbox: TransactionalOutbox
    /// Where the message comes back to: this consumer's own queue, not every subscriber's.
    let queue: String
    let policy: RetryPolicy

    /// Later, without counting as a failure.
    func put(
        off envelope: Envelope, by delay: Duration,
        alongside: @escaping @Sendable (PostgresTransaction) async throws -> Void = { _ in }
    ) async throws -> EffectResult {
        let (_, owed) = try await outbox.commit(.init(causedBy: envelope), scope: .workspace) { transaction in
            try await alongside(transaction.database)
            try await schedule(envelope, delay, in: transaction)
        }
        return EffectResult(reply: nil, owed: owed)
    }

    /// Counts a failure and tries again later.
    /// - Parameter type: what the failure is counted under; nil for the message's own.
    /// - Throws: ``GivenUp`` when the message has failed too often.
    func retry(
        _ envelope: Envelope, error: Refusal, retryAfter: Duration?, attemptMax: Int? = nil,
        countedAs type: String? = nil,
        alongside: @escaping @Sendable (PostgresTransaction) async throws -> Void = { _ in }
    ) async throws -> EffectResult {
        let attemptMax = attemptMax ?? policy.attemptMax
        let (attempts, owed) = try await outbox.commit(.init(causedBy: envelope), scope: .workspace) { transaction in
            try await alongside(transaction.database)
            let attempts = try await RetryStore.recordFailure(
                envelope, error: error.description, in: transaction.database)
            guard attempts < attemptMax else {
                try await RetryStore.clear(envelope, in: transaction.database)
                return attempts
            }
            let delay = policy.delay(attempt: attempts, retryAfter: retryAfter)
            try await schedule(envelope, delay, in: transaction)
            try tellSaga(envelope, attempts, error, transaction.now + delay.timeInterval, transaction)
            return attempts
        }
        MessageCounts.failed(type ?? envelope.attributes.type)
        guard attempts < attemptMax else { throw GivenUp(error: error, attempts: attempts) }
        return EffectResult(reply: nil, owed: owed)
    }

    private func schedule(_ envelope: Envelope, _ delay: Duration, in transaction: HandlerTransaction) async throws {
        let message = OutgoingMessage(exchange: "", routingKey: queue, envelope: envelope)
        let dueAt = transaction.now + delay.timeInterval
        try await TimerStore.insert([TimerRow(message, dueAt: dueAt)], in: transaction.database)
    }

    private func tellSaga(
        _ envelope: Envelope, _ attempts: Int, _ error: Refusal, _ nextAttemptAt: Date,
        _ transaction: HandlerTransaction
    ) throws {
        // WHY: what the coordinator puts off itself is no step's trouble, and the saga would be saved for it.
        guard outbox.factory.source != .sagaCoordinator, let saga = SagaAddress(envelope.attributes) else { return }
        let news = CommandRetrying(attempt: attempts, error: error, nextAttemptAt: nextAttemptAt)
        transaction.send(
            try outbox.factory.sagaMessage(
                CommandRetrying.type, RawJSON(encoding: news), cause: envelope, saga: saga))
    }
}

/// A message failed as often as the policy allows: it belongs to the dead letters.
struct GivenUp: Error {
    var error: Refusal
    var attempts: Int
}
