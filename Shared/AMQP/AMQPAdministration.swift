/// Declaring and inspecting what exists on a broker. Every call uses a short connection of its own.
public enum AMQPAdministration {
    /// Declares everything in `topology`; may be repeated.
    ///
    /// - Throws: `AMQPError` `preconditionFailed`, naming the queue or exchange, when one exists in another form.
    public static func declare(_ topology: AMQPTopology, configuration: AMQPConfiguration) async throws {
        try await OneShotLink(configuration).run { link in try link.declare(topology) }
    }

    /// Refuses a broker that the product is not written for.
    ///
    /// - Throws: ``AMQPError`` `unsupportedBroker` with the version found and the one needed.
    public static func requireSupportedVersion(configuration: AMQPConfiguration) async throws {
        try await OneShotLink(configuration).run { link in try link.brokerVersion.check() }
    }

    /// How many messages are ready in a queue and how many consumers it has; `nil` when there is no such queue.
    public static func queueDepth(_ queue: String, configuration: AMQPConfiguration) async throws -> AMQPQueueDepth? {
        do {
            return try await OneShotLink(configuration).run { link in
                let found = try link.inspect(queue: queue)
                return AMQPQueueDepth(messages: found.messages, consumers: found.consumers)
            }
        } catch let error as AMQPError where error.code == .notFound {
            return nil
        }
    }

    /// Compares the broker with `topology` and changes nothing. AMQP cannot list bindings: they are not compared.
    public static func check(_ topology: AMQPTopology, configuration: AMQPConfiguration) async throws -> [AMQPDrift] {
        var drifts: [AMQPDrift] = []
        for exchange in topology.exchanges {
            let drift = try await drift(configuration) { link in
                try link.declare(exchange, passive: true)
                try link.declare(exchange)
            }
            if let drift { drifts.append(AMQPDrift(name: exchange.name, isQueue: false, difference: drift)) }
        }
        for queue in topology.queues {
            let drift = try await drift(configuration) { link in
                _ = try link.inspect(queue: queue.name)
                try link.declare(queue)
            }
            if let drift { drifts.append(AMQPDrift(name: queue.name, isQueue: true, difference: drift)) }
        }
        return drifts
    }

    /// Deletes a queue with all its messages; does nothing when there is none.
    public static func deleteQueue(_ queue: String, configuration: AMQPConfiguration) async throws {
        try await OneShotLink(configuration).run { link in try link.delete(queue: queue) }
    }

    /// Deletes an exchange with its bindings; does nothing when there is none.
    public static func deleteExchange(_ exchange: String, configuration: AMQPConfiguration) async throws {
        try await OneShotLink(configuration).run { link in try link.delete(exchange: exchange) }
    }

    /// Drops all ready messages of a queue.
    public static func purge(_ queue: String, configuration: AMQPConfiguration) async throws {
        try await OneShotLink(configuration).run { link in try link.purge(queue: queue) }
    }

    /// Finding a thing passively first means the active declare that compares it creates nothing.
    private static func drift(
        _ configuration: AMQPConfiguration, _ look: @escaping @Sendable (BrokerLink) throws -> Void
    ) async throws -> AMQPDrift.Difference? {
        do {
            try await OneShotLink(configuration).run(look)
            return nil
        } catch let error as AMQPError where error.code == .notFound {
            return .missing
        } catch let error as AMQPError where error.code == .preconditionFailed {
            return .different(error.message)
        }
    }
}

public struct AMQPQueueDepth: Sendable, Equatable {
    /// Ready for delivery; those delivered and not yet settled do not count.
    public var messages: Int
    public var consumers: Int

    public init(messages: Int, consumers: Int) {
        self.messages = messages
        self.consumers = consumers
    }
}

/// One thing on the broker that is not as the topology says.
public struct AMQPDrift: Sendable, Equatable {
    public enum Difference: Sendable, Equatable {
        case missing
        /// It exists in another form; the broker's words. It must be deleted to be declared anew.
        case different(String)
    }

    public var name: String
    public var isQueue: Bool
    public var difference: Difference
}
