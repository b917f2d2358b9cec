import AMQP

/// The exchanges and queues of the platform.
public enum Topology {
    public static let events = "stateset.events"
    public static let commands = "stateset.commands"
    public static let replies = "stateset.replies"
    public static let deadLetters = "stateset.dead-letters"

    /// LIMIT: a delivery that crashes its consumer is tried 20 + 1 times (RabbitMQ counts redeliveries), enough to
    /// outlive restarts, few enough that a poison message is out of the way within a minute.
    static let deliveryLimit: Int64 = 20

    /// LIMIT: never reached. A queue without dead letters behind it drops what comes to its limit, and RabbitMQ 4 gives
    /// one that states none a limit of 20; that there is none (-1) is what 3.10 refuses.
    static let deliveryLimitOfKept: Int64 = 1_000_000_000

    /// For a queue whose messages stay until somebody takes them, however often that fails.
    public static let keepingArguments: [String: AMQPValue] = [
        "x-queue-type": .string("quorum"), "x-delivery-limit": .int(deliveryLimitOfKept),
    ]

    public static func commandQueue(_ service: ServiceName) -> String { "\(service).commands" }
    /// For the commands that somebody waits for: they never queue up behind what sagas and schedules send.
    public static func interactiveQueue(_ service: ServiceName) -> String { "\(service).interactive" }
    public static func eventQueue(_ service: ServiceName) -> String { "\(service).events" }
    public static func replyQueue(_ service: ServiceName) -> String { "\(service).replies" }
    public static func deadQueue(_ queue: String) -> String { "\(queue).dead" }

    /// What one service declares at start: its two command queues, and event and reply queues where it has any.
    /// - Parameter retired: events whose bindings are undone.
    public static func of(
        _ service: ServiceName, events types: [String], retired: [String] = [], replies: Bool = false
    ) -> AMQPTopology {
        var queues = [commandQueue(service), interactiveQueue(service)]
        var bindings = [
            AMQPTopology.Binding(queue: commandQueue(service), exchange: commands, routingKey: service.rawValue),
            .init(queue: interactiveQueue(service), exchange: commands, routingKey: interactiveQueue(service)),
        ]
        if !types.isEmpty || !retired.isEmpty {
            queues.append(eventQueue(service))
            bindings += types.map { .init(queue: eventQueue(service), exchange: events, routingKey: $0) }
        }
        if replies {
            queues.append(replyQueue(service))
            bindings.append(
                .init(queue: replyQueue(service), exchange: self.replies, routingKey: service.rawValue))
        }
        return AMQPTopology(
            exchanges: exchanges,
            queues: queues.map(workQueue) + queues.map(deadLetterQueue),
            bindings: bindings + queues.map { .init(queue: deadQueue($0), exchange: deadLetters, routingKey: $0) },
            formerBindings: retired.map { .init(queue: eventQueue(service), exchange: events, routingKey: $0) }
        )
    }

    static let exchanges: [AMQPTopology.Exchange] = [
        .init(name: events, kind: .topic),
        .init(name: commands, kind: .direct),
        .init(name: replies, kind: .direct),
        .init(name: deadLetters, kind: .direct),
    ]

    private static func workQueue(_ name: String) -> AMQPTopology.Queue {
        AMQPTopology.Queue(
            name: name,
            arguments: [
                "x-queue-type": .string("quorum"),
                "x-delivery-limit": .int(deliveryLimit),
                "x-dead-letter-exchange": .string(deadLetters),
                "x-dead-letter-routing-key": .string(name),
                "x-dead-letter-strategy": .string("at-least-once"),
                "x-overflow": .string("reject-publish"),
            ])
    }

    private static func deadLetterQueue(_ name: String) -> AMQPTopology.Queue {
        AMQPTopology.Queue(name: deadQueue(name), arguments: keepingArguments)
    }
}
