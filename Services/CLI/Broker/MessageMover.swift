import AMQP
import Logging

/// Moves messages from one queue to another: each is acknowledged only when the broker has confirmed its copy.
struct MessageMover: Sendable {
    let configuration: AMQPConfiguration
    let logger: Logger

    private static let batch = 100

    /// Moves what is ready now; what comes meanwhile stays.
    /// - Returns: how many were moved.
    func move(from source: String, to target: String) async throws -> Int {
        let depth = try await AMQPAdministration.queueDepth(source, configuration: configuration)
        guard let count = depth?.messages, count > 0 else { return 0 }
        let consumer = AMQPConsumer(
            configuration, queue: source, prefetch: Self.batch, topology: AMQPTopology(), logger: logger)
        let publisher = AMQPPublisher(configuration, logger: logger)
        do {
            let moved = try await move(count, consumer, publisher, to: target)
            await consumer.close()
            await publisher.close()
            return moved
        } catch {
            await consumer.close()
            await publisher.close()
            throw error
        }
    }

    private func move(
        _ count: Int, _ consumer: AMQPConsumer, _ publisher: AMQPPublisher, to target: String
    ) async throws -> Int {
        var moved = 0
        while moved < count {
            let deliveries = try await consumer.next(max: Self.batch)
            guard !deliveries.contains(where: \.isOversized) else {
                throw CLIError("a message in the queue is larger than 1 MiB: take it out by hand")
            }
            try await publisher.publish(deliveries.map { Self.copy($0, to: target) })
            consumer.acknowledge(deliveries)
            moved += deliveries.count
        }
        return moved
    }

    private static func copy(_ delivery: AMQPDelivery, to queue: String) -> AMQPMessage {
        AMQPMessage(
            exchange: "", routingKey: queue, body: delivery.body,
            contentType: delivery.contentType ?? "application/json", messageID: delivery.messageID,
            correlationID: delivery.correlationID, type: delivery.type,
            // How often it was delivered begins anew.
            headers: delivery.headers.filter { $0.key != "x-delivery-count" })
    }
}
