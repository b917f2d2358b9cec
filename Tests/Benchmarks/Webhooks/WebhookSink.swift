import AMQP
import Messaging

/// A queue that takes what the gateway publishes, as a service would have; deleted afterwards with all in it.
enum WebhookSink {
    static func with(_ body: () async throws -> Void) async throws {
        let amqp = try AMQPConfiguration(
            url: Environment.require("STATESET_AMQP_URL"), connectionName: "bench-webhooks")
        let topology = Topology.of(ServiceName(rawValue: "bench-webhooks"), events: ["webhook.#"])
        try await AMQPAdministration.declare(topology, configuration: amqp)
        try await body()
        for queue in topology.queues { try await AMQPAdministration.deleteQueue(queue.name, configuration: amqp) }
    }
}
