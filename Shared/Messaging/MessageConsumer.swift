import AMQP
import Commerce
import Foundation
import Logging
import ServiceLifecycle

/// Takes deliveries from one queue, has them processed and acknowledges them.
///
/// Batches commit one after another, in the order of the queue; while what one owes is published and confirmed, the next
/// commits. Effects run side by side. The prefetch bounds both.
/// *Shutdown*: no new deliveries, what is begun is finished; the rest goes back to the queue.
struct MessageConsumer: Service {
    let consumer: AMQPConsumer
    let processor: MessageProcessor
    let logger: Logger
    private let permits = BatchPermits(Self.unacknowledgedMax)

    // LIMIT: one transaction of 50 messages stays well under the lock timeout.
    private static let batchMax = 50
    // LIMIT: enough to cover a confirm with the next commits; more would only hold what other replicas could take.
    private static let unacknowledgedMax = 3

    init(consumer: AMQPConsumer, processor: MessageProcessor, logger: Logger) {
        self.consumer = consumer
        self.processor = processor
        self.logger = logger
    }

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
        for (job, members) in processor.jobs(deliveries.map(MessageProcessor.Incoming.init)) {
            let mine = members.map { deliveries[$0] }
            switch job {
            case .effect:
                group.addTask { await finish(mine) { try await processor.pay(try await processor.commit(job)) } }
            case .batch, .unhandled, .malformed:
                await permits.acquire()
                guard let debt = await committed(job, mine) else {
                    permits.release()
                    continue
                }
                group.addTask {
                    await finish(mine) { try await processor.pay(debt) }
                    permits.release()
                }
            }
        }
    }

    private func committed(_ job: MessageProcessor.Job, _ deliveries: [AMQPDelivery]) async -> Debt? {
        do {
            return try await processor.commit(job)
        } catch {
            giveBack(deliveries, error)
            return nil
        }
    }

    private func finish(_ deliveries: [AMQPDelivery], _ work: () async throws -> Void) async {
        do {
            try await work()
            KillPoint.committed.reach()
            consumer.acknowledge(deliveries)
        } catch {
            giveBack(deliveries, error)
        }
    }

    private func giveBack(_ deliveries: [AMQPDelivery], _ error: any Error) {
        // Shutting down: unacknowledged deliveries go back to the queue when the connection closes.
        if error is CancellationError, Task.isCancelled { return }
        logger.error("delivery goes back to the queue", metadata: ["error": "\(error)"])
        for delivery in deliveries { consumer.reject(delivery, requeue: true) }
    }
}

extension MessageProcessor.Incoming {
    init(_ delivery: AMQPDelivery) {
        self.init(body: delivery.body, isOversized: delivery.isOversized, isRedelivered: delivery.redelivered)
    }
}
