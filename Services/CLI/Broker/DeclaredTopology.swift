import AMQP
import Messaging

/// What the services declare at start. Bindings depend on their handlers; the broker does not tell them anyway.
enum DeclaredTopology {
    static let all: [AMQPTopology] = [
        Topology.of(.orderIngest, events: ["#"]),
        Topology.of(.fulfillmentDispatch, events: []),
        Topology.of(.tracking, events: ["#"]),
        Topology.of(.returns, events: ["#"]),
        Topology.of(.notifications, events: ["#"]),
        Topology.of(.sagaCoordinator, events: ["#"], replies: true),
        Topology.of(.api, events: []),
        Topology.of(.ingestGateway, events: []),
    ]

    /// With those bindings only that do not depend on handlers.
    static let certain = all.map { topology in
        var topology = topology
        topology.bindings.removeAll { $0.exchange == Topology.events }
        return topology
    }
}

extension AMQPDrift {
    var line: String {
        let kind = isQueue ? "queue" : "exchange"
        return switch difference {
        case .missing:
            "\(kind) \(name) is missing: 'stateset topology repair' declares it, as its service does at start"
        case .different(let words):
            "\(kind) \(name) exists in another form (\(words)): stop its service, then 'stateset topology repair'"
        }
    }
}
