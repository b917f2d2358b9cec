import Logging

/// Consumes one queue over one connection of its own, which opens with the first `next` and reopens by itself.
///
/// *Guarantees.* Every delivery is handed out at least once and, until it is settled, again after a lost connection.
/// After a lost connection, or when the queue is deleted, the topology is declared and the queue consumed anew.
///
/// *Not guaranteed.* Order across redeliveries; that a delivery is handed out only once.
///
/// *Threading.* All I/O is on a thread of its own. Settling never waits; settlements are written in batches.
public final class AMQPConsumer: Sendable {
    private let core: ConsumerCore

    /// - Parameters:
    ///   - prefetch: how many deliveries may be unsettled at a time, handed out or not; at most 65,535.
    ///   - topology: declared on every new connection, before consuming.
    public init(
        _ configuration: AMQPConfiguration, queue: String, prefetch: Int, topology: AMQPTopology, logger: Logger
    ) {
        core = ConsumerCore(
            configuration, queue: queue, prefetch: UInt16(clamping: max(prefetch, 1)), topology: topology,
            logger: logger)
    }

    /// Whether a connection is open at the moment; for health checks.
    public var isConnected: Bool { core.isConnected }

    /// Waits for at least one delivery and returns all that have arrived, oldest first, up to `max`.
    ///
    /// - Returns: nothing once the consumer is closed, or cancelled and emptied.
    /// - Throws: `CancellationError`; `AMQPError` when the broker refuses this consumer for good (`accessRefused`,
    ///   `preconditionFailed`, `notFound`). The connection is tried again all the same; a later call may succeed.
    public func next(max: Int) async throws -> [AMQPDelivery] {
        try await core.next(max: Swift.max(max, 1))
    }

    /// Tells the broker that the message is done with. Does nothing for a delivery of a lost connection.
    public func acknowledge(_ delivery: AMQPDelivery) {
        core.settle(.acknowledge([delivery]))
    }

    /// Acknowledges several at once; with one frame when they are the oldest unsettled ones.
    public func acknowledge(_ deliveries: [AMQPDelivery]) {
        guard !deliveries.isEmpty else { return }
        core.settle(.acknowledge(deliveries))
    }

    /// Gives the message back: to its queue, counting towards the delivery limit, or to the dead letters.
    public func reject(_ delivery: AMQPDelivery, requeue: Bool) {
        core.settle(.reject(delivery, requeue: requeue))
    }

    /// Stops new deliveries. Those received are still handed out and can be settled until `close`.
    public func cancel() async {
        await core.cancel()
    }

    /// Writes the settlements given so far and closes the connection; the broker delivers the rest to others.
    public func close() async {
        await core.close()
    }
}
