import AMQP
import Logging
import Messaging

/// Makes the broker what the services declare.
///
/// *Guarantees*: no message is lost, whatever moment it ends at. A queue in another form is rebuilt only while nobody
/// consumes it. Its messages wait in `<queue>.moving`, which takes what is published meanwhile as well; what a repair
/// that was cut short has left there is brought back by the next one. Messages can come twice: consumers know them by
/// their id.
struct TopologyRepair: Sendable {
    let configuration: AMQPConfiguration
    let logger: Logger
    /// What is bound to a queue now; nil where that cannot be told.
    let bindings: @Sendable (_ queue: String) async throws -> [AMQPTopology.Binding]?

    struct Step: Sendable, Equatable {
        var name: String
        var outcome: Outcome
    }

    enum Outcome: Sendable, Equatable {
        case declared
        case bound(exchange: String, routingKey: String)
        case rebuilt(moved: Int)
        /// Not repaired, and what to do first.
        case left(String)
    }

    func repair(_ topology: AMQPTopology) async throws -> [Step] {
        var steps: [Step] = []
        for queue in topology.queues where try await isLeftover(of: queue) {
            steps.append(Step(name: queue.name, outcome: try await bringBack(queue)))
        }
        for drift in try await AMQPAdministration.check(topology, configuration: configuration) {
            steps.append(Step(name: drift.name, outcome: try await repair(drift, in: topology)))
        }
        let missing = try await MissingBindings(configuration: configuration, bindings: bindings).of(topology) ?? []
        let left = Set(steps.filter(\.isLeft).map(\.name))
        steps += missing.filter { !left.contains($0.queue) && !left.contains($0.exchange) }.map { binding in
            Step(
                name: binding.queue,
                outcome: .bound(exchange: binding.exchange, routingKey: binding.routingKey))
        }
        try await AMQPAdministration.declare(topology.without(left), configuration: configuration)
        return steps
    }

    private func repair(_ drift: AMQPDrift, in topology: AMQPTopology) async throws -> Outcome {
        guard case .different(let words) = drift.difference else { return .declared }
        guard let queue = topology.queues.first(where: { drift.isQueue && $0.name == drift.name }) else {
            return .left("it is of another kind (\(words)): stop all services, delete it, start them again")
        }
        let depth = try await AMQPAdministration.queueDepth(queue.name, configuration: configuration)
        guard (depth?.consumers ?? 0) == 0 else {
            return .left("it has \(depth?.consumers ?? 0) consumers: stop its service, then repair again")
        }
        guard let bound = try await bindings(queue.name) else {
            return .left("what is bound to it cannot be told: set STATESET_RABBITMQ_MANAGEMENT_URL")
        }
        return .rebuilt(moved: try await rebuild(queue, bound))
    }

    // MARK: Rebuilding

    /// First the messages have a second place, then the queue goes.
    private func rebuild(_ queue: AMQPTopology.Queue, _ bound: [AMQPTopology.Binding]) async throws -> Int {
        let place = queue.moving
        try await declare(place, bound)
        _ = try await mover.move(from: queue.name, to: place.name)
        try await AMQPAdministration.deleteQueue(queue.name, configuration: configuration)
        try await declare(queue, bound)
        return try await finish(queue)
    }

    private func isLeftover(of queue: AMQPTopology.Queue) async throws -> Bool {
        try await AMQPAdministration.queueDepth(queue.moving.name, configuration: configuration) != nil
    }

    private func bringBack(_ queue: AMQPTopology.Queue) async throws -> Outcome {
        guard let bound = try await bindings(queue.moving.name) else {
            return .left("what is bound to \(queue.moving.name) cannot be told: set STATESET_RABBITMQ_MANAGEMENT_URL")
        }
        if try await AMQPAdministration.queueDepth(queue.name, configuration: configuration) == nil {
            try await declare(queue, bound)
        }
        return .rebuilt(moved: try await finish(queue))
    }

    private func finish(_ queue: AMQPTopology.Queue) async throws -> Int {
        let moved = try await mover.move(from: queue.moving.name, to: queue.name)
        try await AMQPAdministration.deleteQueue(queue.moving.name, configuration: configuration)
        return moved
    }

    private func declare(_ queue: AMQPTopology.Queue, _ bound: [AMQPTopology.Binding]) async throws {
        let bindings = bound.map { binding in
            AMQPTopology.Binding(queue: queue.name, exchange: binding.exchange, routingKey: binding.routingKey)
        }
        try await AMQPAdministration.declare(
            AMQPTopology(queues: [queue], bindings: bindings), configuration: configuration)
    }

    private var mover: MessageMover { MessageMover(configuration: configuration, logger: logger) }
}

extension TopologyRepair.Step {
    var isLeft: Bool {
        if case .left = outcome { true } else { false }
    }
}

extension AMQPTopology.Queue {
    /// Where its messages wait while it is rebuilt.
    var moving: AMQPTopology.Queue {
        AMQPTopology.Queue(name: "\(name).moving", arguments: Topology.keepingArguments)
    }
}

extension AMQPTopology {
    fileprivate func without(_ names: Set<String>) -> AMQPTopology {
        AMQPTopology(
            exchanges: exchanges.filter { !names.contains($0.name) },
            queues: queues.filter { !names.contains($0.name) },
            bindings: bindings.filter { !names.contains($0.queue) && !names.contains($0.exchange) })
    }
}
