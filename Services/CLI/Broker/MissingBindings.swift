import AMQP
import HTTPTransport

/// Finds the bindings that the services declare and the broker does not have.
struct MissingBindings: Sendable {
    let configuration: AMQPConfiguration
    /// What is bound to a queue now; nil where that cannot be told.
    let bindings: @Sendable (_ queue: String) async throws -> [AMQPTopology.Binding]?

    static let managementURL = "STATESET_RABBITMQ_MANAGEMENT_URL"

    /// - Returns: nil where it cannot be told. A queue that is not there is left out: that is told of by itself.
    func of(_ topology: AMQPTopology) async throws -> [AMQPTopology.Binding]? {
        var missing: [AMQPTopology.Binding] = []
        for queue in topology.queues.map(\.name) {
            let wanted = topology.bindings.filter { $0.queue == queue }
            guard !wanted.isEmpty,
                try await AMQPAdministration.queueDepth(queue, configuration: configuration) != nil
            else { continue }
            guard let bound = try await bindings(queue) else { return nil }
            missing += wanted.filter { !bound.contains($0) }
        }
        return missing
    }
}

extension CLIEnvironment {
    /// Nil where no URL of the management interface is set.
    func brokerManagement(of configuration: AMQPConfiguration) -> BrokerManagement? {
        variables[MissingBindings.managementURL].flatMap { url in
            BrokerManagement(url: url, virtualHost: configuration.virtualHost, http: CurlHTTPClient(logger: .silent))
        }
    }
}

extension AMQPTopology.Binding {
    var line: String {
        "queue \(queue) is not bound to \(exchange) by '\(routingKey)': 'stateset topology repair' binds it, as its service "
            + "does at start"
    }
}
