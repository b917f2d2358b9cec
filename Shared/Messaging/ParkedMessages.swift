import Commerce
import Logging
import Postgres
import ServiceLifecycle

/// Turns what the outbox could not publish into dead letters, where it is seen and can be sent again.
///
/// Any number of replicas may run it.
struct ParkedMessages: Service {
    let outbox: TransactionalOutbox
    let logger: Logger

    // LIMIT: a row is parked after two hours; half a minute more does not matter.
    private static let interval = Duration.seconds(30)
    private static let batchMax = 100

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await collect()
                } catch {
                    logger.warning("parked messages will be looked at again", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    /// Goes on until none is left.
    func collect() async throws {
        while !Task.isCancelled {
            let parked = try await outbox.pool.transaction { database in
                try await OutboxStore.parked(limit: Self.batchMax, in: database)
            }
            for message in parked {
                let letter = try await outbox.store(DeadLetter(message)) { transaction in
                    try await OutboxStore.remove(message.row.id, in: transaction.database)
                }
                logger.error("message dead-lettered", metadata: letter.metadata)
            }
            guard parked.count == Self.batchMax else { return }
        }
    }
}

extension DeadLetter {
    fileprivate init(_ parked: OutboxStore.Parked) {
        let row = parked.row
        let envelope = try? Envelope(body: row.body)
        self.init(
            queue: LetterAddress(exchange: row.exchange, routingKey: row.routingKey).description, body: row.body,
            envelope: envelope, workspaceID: row.workspaceID, reason: envelope == nil ? "malformed" : "unroutable",
            detail: "it could not be published: \(parked.error)")
    }
}
