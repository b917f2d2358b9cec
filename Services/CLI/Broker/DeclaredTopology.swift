import AMQP
import Contracts
import Messaging

/// What the services declare at start.
enum DeclaredTopology {
    static let all: [AMQPTopology] = [
        of(.orderIngest), of(.fulfillmentDispatch), of(.tracking), of(.returns), of(.notifications),
        of(.sagaCoordinator, replies: true), of(.api), of(.ingestGateway),
    ]

    private static func of(_ service: ServiceName, replies: Bool = false) -> AMQPTopology {
        Topology.of(service, events: EventSubscriptions.of(service), replies: replies)
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
