import AMQP
import Commerce
import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Everything a service needs to exchange messages: its consumers, relay, timers and dead-letter drains.
public struct MessagingRuntime: Sendable {
    public let outbox: TransactionalOutbox
    public let services: [any Service]

    public struct Options: Sendable {
        /// How many deliveries one queue hands out before the first is acknowledged: effects run side by side up to
        /// this number, batches are at most this long.
        public var prefetch = 50
        public var retryPolicy = RetryPolicy()
        public var consumesReplies = false
        /// The tries that a workspace allows a command at a provider; nil for the policy's.
        public var attemptMax: @Sendable (_ provider: String, WorkspaceID) async -> Int? = { _, _ in nil }

        public init() {}
    }

    /// - Parameter handlers: none for a service that only sends: it is told what to do with its dead letters all the same.
    public init(
        service: ServiceName, amqp: AMQPConfiguration, pool: PostgresPool, publisher: AMQPPublisher,
        clock: any WallClock, handlers: [MessageHandler], options: Options = Options(), logger: Logger
    ) {
        let relay = OutboxRelay(pool: pool, publisher: publisher, logger: logger)
        let outbox = TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: service, clock: clock), relay: relay)
        let handlers = handlers.flatMap { [$0] + $0.companions } + MessageHandler.deadLetterVerbs
        let topology = Topology.of(
            service, events: handlers.filter(\.isEvent).map(\.pattern),
            retired: handlers.filter(\.isRetired).map(\.pattern), replies: options.consumesReplies)
        var services: [any Service] = [
            relay, ParkedMessages(outbox: outbox, logger: logger), TimerLoop(outbox: outbox, logger: logger),
            Housekeeping(Retention.chores(on: pool), logger: logger),
            DatabaseGauges(PlumbingGauges.readings(of: outbox), logger: logger),
        ]
        for queue in topology.workQueues {
            let deferral = Deferral(outbox: outbox, queue: queue, policy: options.retryPolicy)
            let processor = MessageProcessor(
                queue: queue, table: HandlerTable(handlers), outbox: outbox, deferral: deferral,
                effects: EffectRunner(
                    outbox: outbox, deferral: deferral, logger: logger, attemptMax: options.attemptMax),
                logger: logger)
            services.append(
                MessageConsumer(
                    consumer: AMQPConsumer(
                        amqp, queue: queue, prefetch: options.prefetch, topology: topology, logger: logger),
                    processor: processor, logger: logger))
            services.append(
                DeadLetterDrain(
                    consumer: AMQPConsumer(
                        amqp, queue: Topology.deadQueue(queue), prefetch: 50, topology: topology, logger: logger),
                    queue: queue, outbox: outbox, logger: logger))
        }
        self.outbox = outbox
        self.services = services
    }
}

extension AMQPTopology {
    fileprivate var workQueues: [String] {
        queues.map(\.name).filter { !$0.hasSuffix(".dead") }
    }
}
