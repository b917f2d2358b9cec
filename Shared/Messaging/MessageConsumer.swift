import AMQP
import Commerce
import Foundation
import Logging
import ServiceLifecycle

/// Takes deliveries from one queue, has them processed and acknowledges them.
///
/// Batches run one after another, effects side by side; the prefetch bounds both.
/// *Shutdown*: no new deliveries, what is begun is finished; the rest goes back to the queue.
struct MessageConsumer: Service {
    let consumer: AMQPConsumer
    let processor: MessageProcessor
    let logger: Logger

    // LIMIT: one transaction of 50 messages stays well under the lock timeout.
    private static let batchMax = 50

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await withThrowingDiscardingTaskGroup { group in
                while true {
                    let deliveries = try await consumer.next(max: Self.batchMax)
                    if deliveries.isEmpty { break }
                    await dispatch(deliveries, to: &group)
                }
            }
        } onGracefulShutdown: {
            Task { await consumer.cancel() }
        }
        await consumer.close()
    }

    private func dispatch(
        _ deliveries: [AMQPDelivery], to group: inout ThrowingDiscardingTaskGroup<any Error>
    ) async {
        for (job, members) in processor.jobs(deliveries.map { .init(body: $0.body, isOversized: $0.isOversized) }) {
            let mine = members.map { deliveries[$0] }
            switch job {
            case .effect:
                group.addTask { await finish(job, mine) }
            case .batch, .unhandled, .malformed:
                await finish(job, mine)
            }
        }
    }

    private func finish(_ job: MessageProcessor.Job, _ deliveries: [AMQPDelivery]) async {
        do {
            try await processor.process(job)
            await consumer.acknowledge(deliveries)
        } catch is CancellationError where Task.isCancelled {
            // Shutting down: unacknowledged deliveries go back to the queue when the connection closes.
        } catch {
            logger.error("delivery goes back to the queue", metadata: ["error": "\(error)"])
            for delivery in deliveries {
                await consumer.reject(delivery, requeue: true)
            }
        }
    }
}
