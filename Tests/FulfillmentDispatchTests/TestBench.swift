import AMQP
import Commerce
import Foundation
import Logging
import Postgres
import Schema
import Testing

@testable import FulfillmentDispatch
@testable import Messaging

/// The service's tables on a real Postgres, under the service's own role and in a workspace of its own.
///
/// Found through `STATESET_TEST_POSTGRES_URL`, the URL of a superuser.
struct TestBench: Sendable {
    static let url = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]
    static var isThere: Bool { url != nil }

    let workspaceID = WorkspaceID()
    private let service: ServiceName
    private let pool: PostgresPool
    private let outbox: TransactionalOutbox

    static func run(_ test: (TestBench) async throws -> Void) async throws {
        let bench = try await TestBench(.fulfillmentDispatch)
        do {
            try await test(bench)
        } catch {
            await bench.pool.close()
            throw error
        }
        await bench.pool.close()
    }

    private init(_ service: ServiceName) async throws {
        self.service = service
        let url = Self.url ?? ""
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        _ = try await Migrator(url: url, logger: logger).apply(SchemaCatalog.all)
        pool = PostgresPool(
            try PostgresConfiguration(url: url, applicationName: "test", poolSize: 8), logger: logger)
        let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
        outbox = TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: service, clock: SystemClock()),
            relay: OutboxRelay(pool: pool, publisher: AMQPPublisher(nowhere, logger: logger), logger: logger))
    }

    /// Runs a handler's work in a transaction of the workspace, and gives what it owes to the broker.
    func handle<Result: Sendable>(
        by actor: String = "ops@example.com", _ work: @escaping @Sendable (HandlerTransaction) async throws -> Result
    ) async throws -> (result: Result, sent: [Envelope]) {
        var context = MessageContext(workspaceID: workspaceID, actor: actor)
        context.causationID = UUIDv7.make().uuidString
        let (result, owed) = try await outbox.commit(context, scope: .workspace) { [service] transaction in
            let login: [SQL] = [
                "SET LOCAL ROLE \(unsafeRaw: service.role)", "SET LOCAL search_path = \(unsafeRaw: service.schema)",
            ]
            try await transaction.database.pipeline(login)
            return try await work(transaction)
        }
        return (result, (owed.rows + owed.direct).map(\.envelope))
    }

    func call(_ key: String = "test") -> EffectCall {
        EffectCall(workspaceID: workspaceID, key: key, now: SystemClock().now)
    }
}

extension [Envelope] {
    var types: [String] { map(\.attributes.type) }
}
