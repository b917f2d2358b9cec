import AMQP
import Postgres
import ServiceLifecycle

/// What every service stands on: the connections to Postgres and to the broker.
struct Backends: Sendable {
    let pool: PostgresPool
    let publisher: AMQPPublisher
    let amqp: AMQPConfiguration

    var checks: [HealthCheck] {
        [
            HealthCheck("postgres") { [pool] in try await pool.ping() },
            HealthCheck("broker") { [publisher, amqp] in
                // WHY: the publisher connects with its first message; until then a short connection shows the same.
                guard !publisher.isConnected else { return }
                try await AMQPAdministration.declare(AMQPTopology(), configuration: amqp)
            },
        ]
    }

    /// In the order of start; they are closed in reverse.
    var services: [any Service] {
        [Closing { [pool] in await pool.close() }, Closing { [publisher] in await publisher.close() }]
    }
}

/// Something that is there from the start and is closed when its turn to stop has come.
struct Closing: Service {
    private let close: @Sendable () async -> Void

    init(_ close: @escaping @Sendable () async -> Void) {
        self.close = close
    }

    func run() async throws {
        // Cancelled instead of shut down: closed all the same.
        try? await gracefulShutdown()
        await close()
    }
}
