import AMQP
import Commerce
import Contracts
import Foundation
import Logging
import Messaging

/// Starts sagas and learns of their end: by the coordinator's own news, never by asking.
actor SagaFlow {
    struct Ended: Sendable {
        var key: String
        var status: String
    }

    private let consumer: AMQPConsumer
    private let publisher: AMQPPublisher
    private let factory: MessageFactory
    private let workspaceID: WorkspaceID
    private let topology = Topology.of(.benchLoad, events: [SagaUpdated.type])
    private let amqp: AMQPConfiguration

    init() throws {
        let logger = Logger(label: "bench")
        amqp = try AMQPConfiguration(url: Environment.require("STATESET_AMQP_URL"), connectionName: "bench-load")
        let id = try Environment.require("STATESET_WORKSPACE")
        guard let workspaceID = WorkspaceID(id) else { throw BenchError("'\(id)' is not a workspace") }
        self.workspaceID = workspaceID
        consumer = AMQPConsumer(
            amqp, queue: Topology.eventQueue(.benchLoad), prefetch: 1_000, topology: topology, logger: logger)
        publisher = AMQPPublisher(amqp, logger: logger)
        factory = MessageFactory(source: .benchLoad, clock: SystemClock())
    }

    func prepare() async throws {
        try await AMQPAdministration.declare(topology, configuration: amqp)
        try await AMQPAdministration.purge(Topology.eventQueue(.benchLoad), configuration: amqp)
    }

    func start(_ saga: String, keys: [String], input: @Sendable (String) throws -> RawJSON) async throws {
        let context = MessageContext(workspaceID: workspaceID, actor: "bench")
        let messages = try keys.map { key in
            try factory.command(
                StartSaga(saga: saga, key: key, input: input(key).text), subject: key, context: context)
        }
        try await publish(messages.map(\.amqp))
    }

    /// A coordinator that has just been started may not have declared its queue yet.
    private func publish(_ messages: [AMQPMessage]) async throws {
        let patience = ContinuousClock.now + .seconds(30)
        while true {
            do {
                return try await publisher.publish(messages)
            } catch let error as AMQPError where error.code == .unroutable && .now < patience {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// The sagas that have ended since the last call; waits for at least one.
    func ended() async throws -> [Ended] {
        while true {
            let deliveries = try await consumer.next(max: 500)
            let news = try deliveries.map { try Envelope(body: $0.body).data(SagaUpdated.self) }
            consumer.acknowledge(deliveries)
            let ended = news.filter { $0.status != "running" && $0.status != "waiting" }
            if !ended.isEmpty || deliveries.isEmpty { return ended.map { Ended(key: $0.key, status: $0.status) } }
        }
    }

    func close() async {
        await consumer.close()
        await publisher.close()
    }
}
