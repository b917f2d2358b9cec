import AMQP
import Commerce
import Logging
import Postgres

extension MessageProcessor {
    /// Publishes what is owed. Rows alone are not waited for: the outbox keeps them.
    ///
    /// What the broker takes from nobody ends in the outbox: the delivery must not wait for that.
    func pay(_ debt: Debt) async throws {
        guard !debt.direct.isEmpty else {
            outbox.relay.publishSoon(debt.rows)
            return
        }
        let refused = Set(try await publish(debt.rows + debt.direct).map(\.rowID))
        outbox.relay.forget(debt.rows.filter { !refused.contains($0.rowID) })
        let left = debt.direct.filter { refused.contains($0.rowID) }
        guard !left.isEmpty else { return }
        try await patiently(waits: { $0.isInfrastructure || $0.isTimeLimit }) {
            try await outbox.pool.transaction { OutboxStore.insert(left, in: $0) }
        }
    }

    /// - Returns: the messages that the broker does not take.
    private func publish(_ messages: [OutgoingMessage]) async throws -> [OutgoingMessage] {
        do {
            try await patiently(waits: { $0.isInfrastructure && !$0.isRefusedMessage }) {
                try await outbox.relay.publish(messages)
            }
            return []
        } catch let error as AMQPError where error.isRefusedMessage {
            guard messages.count > 1 else {
                logger.warning("a message waits in the outbox", metadata: ["error": "\(error)"])
                return messages
            }
            // WHY: one message that is refused fails its whole call, of which some may never have been sent.
            var refused: [OutgoingMessage] = []
            for message in error.unconfirmed(of: messages) { refused += try await publish([message]) }
            return refused
        }
    }
}

extension AMQPError {
    /// Those of a publish call of which the broker has not said that it has them.
    fileprivate func unconfirmed(of messages: [OutgoingMessage]) -> [OutgoingMessage] {
        failures.isEmpty ? messages : failures.map { messages[$0.index] }
    }
}
