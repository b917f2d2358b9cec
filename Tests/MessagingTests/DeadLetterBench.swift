import AMQP
import Commerce
import Foundation
import Logging
import Postgres
import Schema
import Testing

@testable import Messaging

/// Dead letters of one service on a real Postgres, under the service's own role and in a workspace of its own.
struct DeadLetterBench: Sendable {
    static let url = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]
    static var isThere: Bool { url != nil }

    let workspaceID = WorkspaceID()
    let owner: PostgresPool
    private let outbox: TransactionalOutbox
    private let service = ServiceName.tracking

    static func run(_ test: (DeadLetterBench) async throws -> Void) async throws {
        let bench = try await DeadLetterBench()
        do {
            try await test(bench)
        } catch {
            await bench.owner.close()
            throw error
        }
        await bench.owner.close()
    }

    private init() async throws {
        let url = Self.url ?? ""
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        _ = try await Migrator(url: url, logger: logger).apply(SchemaCatalog.all)
        owner = PostgresPool(try PostgresConfiguration(url: url, applicationName: "test", poolSize: 4), logger: logger)
        let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
        outbox = TransactionalOutbox(
            pool: owner, factory: MessageFactory(source: service, clock: SystemClock()),
            relay: OutboxRelay(pool: owner, publisher: AMQPPublisher(nowhere, logger: logger), logger: logger))
    }

    func letter(
        _ body: String, of workspace: WorkspaceID, queue: String = "tracking.commands"
    ) async throws -> DeadLetterID {
        let id = DeadLetterID()
        try await owner.execute(
            """
            INSERT INTO tracking.dead_letters (id, workspace_id, queue, message_id, reason, detail, body)
            VALUES (\(id.uuid), \(workspace.uuid), \(queue), \(id.description),
                    'malformed', 'x', \(Array(body.utf8)))
            """)
        return id
    }

    func envelope(type: String = "PollWarehouse", data: String = #"{"sku":"B"}"#) -> String {
        #"{"specversion":"1.0","id":"m1","type":"\#(type)","source":"saga-coordinator","workspaceid":"\#(workspaceID)","#
            + #""sagaid":"\#(SagaID())","sagarun":1,"sagapath":"2","sagaattempt":1,"data":\#(data)}"#
    }

    /// Runs one of the verbs as the service would, and gives what it sends.
    func handle(_ handler: MessageHandler, _ command: some Encodable) async throws -> [OutgoingMessage] {
        guard case .batch(let work, _) = handler.work else { return [] }
        let context = MessageContext(workspaceID: workspaceID, actor: "person:ana")
        let message = try outbox.factory.command(
            name: handler.pattern, owner: service, data: RawJSON(encoding: command), subject: nil, context: context)
        let (_, owed) = try await outbox.commit(context, scope: .workspace) { [service] transaction in
            let login: [SQL] = [
                "SET LOCAL ROLE \(unsafeRaw: service.role)", "SET LOCAL search_path = \(unsafeRaw: service.schema)",
            ]
            try await transaction.database.pipeline(login)
            return try await work([message.envelope], transaction)
        }
        return owed.rows
    }

    func status(of id: DeadLetterID) async throws -> String {
        try await owner.query("SELECT status FROM tracking.dead_letters WHERE id = \(id.uuid)")[0]("status")
    }

    struct Audited: Sendable, Equatable {
        var action: String
        var reason: String
        var before: String?
        var after: String?
    }

    func audited(_ id: DeadLetterID) async throws -> [Audited] {
        try await owner.query(
            """
            SELECT action, reason, before, after FROM platform.audit_log
            WHERE workspace_id = \(workspaceID.uuid) AND subject = \(id.description) AND actor = 'person:ana'
            """
        ).map { row in
            Audited(
                action: try row("action"), reason: try row("reason"), before: try row("before", as: JSONB?.self)?.text,
                after: try row("after", as: JSONB?.self)?.text)
        }
    }
}
