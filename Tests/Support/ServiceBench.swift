import AMQP
import Commerce
import Contracts
import Foundation
import Logging
import Messaging
import Postgres
import Schema

/// A service's tables on a real Postgres, under the service's own role and in a workspace of its own; the broker is
/// absent.
///
/// Found through `STATESET_TEST_POSTGRES_URL`, the URL of a superuser.
public struct ServiceBench: Sendable {
    public static let url = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]
    public static var isThere: Bool { url != nil }

    public let workspaceID = WorkspaceID()
    private let service: ServiceName
    private let pool: PostgresPool
    private let outbox: TransactionalOutbox

    public static func run<Result>(
        _ service: ServiceName, configure: (inout PostgresConfiguration) -> Void = { _ in },
        _ test: (ServiceBench) async throws -> Result
    ) async throws -> Result {
        let bench = try await ServiceBench(service, configure)
        do {
            let result = try await test(bench)
            await bench.pool.close()
            return result
        } catch {
            await bench.pool.close()
            throw error
        }
    }

    private init(_ service: ServiceName, _ configure: (inout PostgresConfiguration) -> Void) async throws {
        self.service = service
        let url = Self.url ?? ""
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        _ = try await Migrator(url: url, logger: logger).apply(SchemaCatalog.all)
        var configuration = try PostgresConfiguration(url: url, applicationName: "test", poolSize: 8)
        configure(&configuration)
        pool = PostgresPool(configuration, logger: logger)
        let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
        outbox = TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: service, clock: SystemClock()),
            relay: OutboxRelay(pool: pool, publisher: AMQPPublisher(nowhere, logger: logger), logger: logger))
    }

    /// Runs a handler's work in a transaction of the workspace, and gives what it owes to the broker: first what the
    /// services tell each other, then what the world outside is told.
    public func handle<Result: Sendable>(
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
        let sent = (owed.rows + owed.direct).map(\.envelope)
        return (result, sent.filter { !$0.isPublic } + sent.filter(\.isPublic))
    }

    public func call(_ key: String = "test") -> EffectCall {
        EffectCall(workspaceID: workspaceID, key: key, now: SystemClock().now)
    }
}

extension [Envelope] {
    /// Of what the services tell each other.
    public var types: [String] { filter { !$0.isPublic }.map(\.attributes.type) }
}

extension Envelope {
    fileprivate var isPublic: Bool { PublicEvent(rawValue: attributes.type) != nil }
}
