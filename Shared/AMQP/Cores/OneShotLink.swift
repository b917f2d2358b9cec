/// A connection for a single piece of work, on a thread of its own.
actor OneShotLink {
    private let configuration: AMQPConfiguration
    private let thread = ConnectionThread(name: "amqp-admin")

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ configuration: AMQPConfiguration) {
        self.configuration = configuration
    }

    func run<R: Sendable>(_ work: @Sendable (BrokerLink) throws -> R) throws -> R {
        let link = try BrokerLink(configuration)
        defer { link.close() }
        return try work(link)
    }
}
