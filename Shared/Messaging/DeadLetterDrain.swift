import AMQP
import Logging
import ServiceLifecycle

enum DeadLetterHeader {
    static let reason = "x-stateset-reason"
    static let detail = "x-stateset-detail"
}

/// Moves a `.dead` queue into the `dead_letters` table, tells the saga that waits, and raises the alarm in the log.
struct DeadLetterDrain: Service {
    let consumer: AMQPConsumer
    let queue: String
    let outbox: TransactionalOutbox
    let logger: Logger

    func run() async throws {
        try await withGracefulShutdownHandler {
            while true {
                let deliveries = try await consumer.next(max: 50)
                if deliveries.isEmpty { break }
                for delivery in deliveries { await drain(delivery) }
            }
        } onGracefulShutdown: {
            Task { await consumer.cancel() }
        }
        await consumer.close()
    }

    private func drain(_ delivery: AMQPDelivery) async {
        let letter = DeadLetter(delivery, queue: queue)
        while !Task.isCancelled {
            do {
                let kept = try await outbox.store(letter)
                consumer.acknowledge([delivery])
                logger.error("message dead-lettered", metadata: kept.metadata)
                return
            } catch {
                logger.warning("dead letter not stored yet", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
