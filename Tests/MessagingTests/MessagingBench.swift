import AMQP
import Commerce
import Foundation
import Logging
import Messaging
import Postgres
import Testing

@testable import Messaging
@testable import Schema

extension Tag {
    @Tag static var postgres: Self
    @Tag static var rabbitmq: Self
}

/// A processor on a real Postgres, under a service's role, and on a real broker, with a queue of its own.
struct MessagingBench: Sendable {
    static let postgresURL = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]
    static let amqpURL = ProcessInfo.processInfo.environment["STATESET_TEST_AMQP_URL"]
    static var isThere: Bool { postgresURL != nil && amqpURL != nil }

    let workspaceID = WorkspaceID()
    /// Names the queue, so that tests side by side do not meet.
    let service = ServiceName(rawValue: "messaging-test-\(UUIDv7.make().hexDigits.suffix(12))")
    let pool: PostgresPool
    let outbox: TransactionalOutbox
    let publisher: AMQPPublisher
    let amqp: AMQPConfiguration

    static func run(_ body: @Sendable (MessagingBench) async throws -> Void) async throws {
        try await prepared.value
        let bench = try MessagingBench()
        try await AMQPAdministration.declare(bench.topology, configuration: bench.amqp)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(bench)) } catch { outcome = .failure(error) }
        for queue in bench.topology.queues.map(\.name) {
            try await AMQPAdministration.deleteQueue(queue, configuration: bench.amqp)
        }
        await bench.publisher.close()
        await bench.pool.close()
        try outcome.get()
    }

    private init() throws {
        var parts = try #require(URLComponents(string: Self.postgresURL ?? ""))
        parts.user = Self.role
        parts.password = Self.password
        let configuration = try PostgresConfiguration(url: try #require(parts.string), applicationName: "test")
        pool = PostgresPool(configuration, logger: .quiet)
        amqp = try AMQPConfiguration(url: Self.amqpURL ?? "", connectionName: "messaging-test")
        publisher = AMQPPublisher(amqp, logger: .quiet)
        outbox = TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: service, clock: SystemClock()),
            relay: OutboxRelay(pool: pool, publisher: publisher, logger: .quiet))
    }

    var queue: String { Topology.commandQueue(service) }
    var topology: AMQPTopology { Topology.of(service, events: []) }

    func processor(_ handlers: [MessageHandler]) -> MessageProcessor {
        let deferral = Deferral(outbox: outbox, queue: queue, policy: RetryPolicy())
        return MessageProcessor(
            queue: queue, table: HandlerTable(handlers), outbox: outbox, deferral: deferral,
            effects: EffectRunner(outbox: outbox, deferral: deferral, logger: .quiet), logger: .quiet)
    }

    /// A command of a saga, so that it is replied to.
    func command(_ name: String, path: String = "0") throws -> OutgoingMessage {
        try outbox.factory.command(
            name: name, owner: service, data: RawJSON(text: #"{"n":1}"#), subject: nil,
            context: MessageContext(workspaceID: workspaceID, actor: "test"),
            saga: SagaAddress(sagaID: SagaID(), run: 1, path: path, attempt: 1))
    }

    /// What is left in the outbox for this test's workspace: the routing keys.
    func outboxKeys() async throws -> [String] {
        try await pool.query(
            "SELECT routing_key FROM outbox WHERE workspace_id = \(workspaceID.uuid) ORDER BY id"
        ).map { try $0("routing_key") }
    }

    func inboxCount() async throws -> Int {
        try await pool.query("SELECT count(*) AS n FROM inbox WHERE workspace_id = \(workspaceID.uuid)")[0]("n")
    }

    func depth() async throws -> Int {
        try await AMQPAdministration.queueDepth(queue, configuration: amqp)?.messages ?? -1
    }

    private static let schema = "messaging_test"
    private static let role = "stateset_messaging_test"
    private static let password = "only-for-tests"

    private static let prepared = Task {
        let owner = PostgresPool(
            try PostgresConfiguration(url: postgresURL ?? "", applicationName: "test"), logger: .quiet)
        let own = MigrationSet(
            schema: schema,
            migrations: [
                Migration(1, "messaging", MessagingSchema.tables(schema, role: role)),
                Migration(2, "effects", ProviderSchema.secondEffects(of: schema)),
                Migration(3, "gauges", MessagingSchema.gauges(schema)),
                Migration(4, "owned_letters", MessagingSchema.ownedLetters(schema)),
            ])
        _ = try await Migrator(url: postgresURL ?? "", logger: .quiet).apply(SchemaCatalog.all + [own])
        try await owner.execute("ALTER ROLE \(unsafeRaw: role) PASSWORD '\(unsafeRaw: password)'")
        await owner.close()
    }
}

extension Logger {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
