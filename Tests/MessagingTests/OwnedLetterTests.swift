import AMQP
import Commerce
import Foundation
import Postgres
import Schema
import Support
import Testing

@testable import Messaging

@Suite("Whose a letter is that is no envelope", .tags(.postgres), .enabled(if: MessagingBench.isThere))
struct OwnedLetterTests {
    /// A database with its own tenants, seen as its owner, as `tracking` and as the api.
    private struct Platform {
        let owner: PostgresPool
        let tracking: PostgresPool
        let api: PostgresPool

        init(_ url: String) async throws {
            owner = try Self.pool(url)
            tracking = try Self.pool(try await ServiceLogin.url(url, as: "stateset_tracking", schema: "tracking"))
            api = try Self.pool(try await ServiceLogin.url(url, as: "stateset_api", schema: "api"))
        }

        private static func pool(_ url: String) throws -> PostgresPool {
            PostgresPool(try PostgresConfiguration(url: url, applicationName: "test", poolSize: 1), logger: .quiet)
        }

        func close() async {
            for pool in [owner, tracking, api] { await pool.close() }
        }

        func addTenant() async throws -> WorkspaceID {
            let id = WorkspaceID()
            try await owner.execute(
                "INSERT INTO platform.workspaces (id, name) VALUES (\(id.uuid), \(id.description))")
            return id
        }

        func drain() async throws -> DeadLetter {
            let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
            let outbox = TransactionalOutbox(
                pool: tracking, factory: MessageFactory(source: .tracking, clock: SystemClock()),
                relay: OutboxRelay(
                    pool: tracking, publisher: AMQPPublisher(nowhere, logger: .quiet), logger: .quiet))
            return try await outbox.store(
                DeadLetter(
                    queue: "tracking.commands", body: Array("not JSON".utf8), envelope: nil, reason: "malformed",
                    detail: "x"))
        }

        /// What the api shows in a workspace.
        func shown(in workspace: WorkspaceID) async throws -> [DeadLetterID] {
            try await api.query("SELECT id FROM api.dead_letters_view", workspace: workspace.uuid).map {
                DeadLetterID(uuid: try $0("id"))
            }
        }

        /// Alerts that are owed to a workspace's people.
        func alerts(in workspace: WorkspaceID) async throws -> [String] {
            try await owner.query(
                "SELECT body FROM tracking.outbox WHERE routing_key = 'notifications' AND workspace_id = \(workspace.uuid)"
            ).map { try $0("body") }
        }
    }

    @Test("it is of the only tenant, whose people are told; with two it is of the platform's own workspace")
    func owner() async throws {
        try await EmptyDatabase.run(MessagingBench.postgresURL ?? "") { url in
            let platform = try await Platform(url)
            let first = try await platform.addTenant()
            let ofFirst = try await platform.drain()
            #expect(ofFirst.workspaceID == first)
            #expect(try await platform.shown(in: first) == [ofFirst.id])
            let told = try await platform.alerts(in: first)
            #expect(told.count == 1 && told.allSatisfy { $0.contains("no envelope") && $0.contains("malformed") })

            let second = try await platform.addTenant()
            let ofNobody = try await platform.drain()
            #expect(ofNobody.workspaceID == .platform)
            #expect(try await platform.shown(in: first) == [ofFirst.id])
            #expect(try await platform.shown(in: second).isEmpty)
            #expect(try await platform.shown(in: .platform) == [ofNobody.id])
            #expect(try await platform.alerts(in: .platform).count == 1)
            #expect(try await platform.alerts(in: second).isEmpty)
            await platform.close()
        }
    }

    @Test("what earlier builds showed to every tenant is of the only one there is")
    func migrated() async throws {
        try await EmptyDatabase.run(MessagingBench.postgresURL ?? "") { url in
            let platform = try await Platform(url)
            let tenant = try await platform.addTenant()
            try await platform.owner.pipeline([
                """
                INSERT INTO tracking.dead_letters (id, workspace_id, queue, reason, detail, body)
                VALUES (gen_random_uuid(), \(WorkspaceID.platform.uuid), 'tracking.commands', 'malformed', 'x', '')
                """,
                "CREATE POLICY unowned ON tracking.dead_letters FOR SELECT USING (true)",
            ])
            let again = MigrationSet(
                schema: "again",
                migrations: [Migration(1, "owned_letters", MessagingSchema.ownedLetters("tracking"))])
            _ = try await Migrator(url: url, logger: .quiet).apply([again])
            #expect(try await platform.shown(in: tenant).count == 1)
            #expect(try await platform.shown(in: .platform).isEmpty)
            await platform.close()
        }
    }

    @Test("a letter that is no envelope raises an alert; one that is itself an alert raises none")
    func alert() throws {
        let malformed = DeadLetter(queue: "q", body: [], envelope: nil, reason: "malformed", detail: "x")
        #expect(DeadLetterAlert(malformed)?.alert.fields["type"] == "no envelope")
        let attributes = Envelope.Attributes(
            id: "1", type: DeadLetterAlert.command, source: "s", workspaceid: WorkspaceID())
        let envelope = Envelope(attributes, data: .emptyObject)
        let alert = DeadLetter(
            queue: "q", body: envelope.body, envelope: envelope, reason: "exhausted", detail: "x")
        #expect(DeadLetterAlert(alert) == nil)
    }
}
