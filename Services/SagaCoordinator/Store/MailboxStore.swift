import Commerce
import Foundation
import Messaging
import Postgres
import Sagas

/// `mailbox`: events kept for a saga, also for one that does not exist yet.
enum MailboxStore {
    struct NewEntry: Sendable {
        var messageID: String
        var type: String
        var data: RawJSON
    }

    struct Consumption: Sendable {
        var id: Int
        var run: Int?
        var path: String?

        init(_ entry: MailboxEntry) {
            id = entry.id
            run = entry.consumedRun
            path = entry.consumedPath
        }
    }

    /// - Returns: the ids of the new entries; an event that is there already adds none.
    @discardableResult
    static func insert(
        _ mail: [(MailboxAddress, NewEntry)], at: Date, in database: PostgresTransaction
    ) async throws -> [Int] {
        guard !mail.isEmpty else { return [] }
        let workspaces = mail.map(\.0.workspaceID.uuid)
        let sagas = mail.map(\.0.saga)
        let keys = mail.map(\.0.key)
        let ids = mail.map(\.1.messageID)
        let types = mail.map(\.1.type)
        let data = mail.map(\.1.data.text)
        return try await database.query(
            """
            INSERT INTO mailbox (workspace_id, saga_name, saga_key, message_id, type, data, received_at)
            SELECT workspace, saga, key, id, type, data::jsonb, \(at)
            FROM unnest(\(workspaces), \(sagas), \(keys), \(ids), \(types), \(data))
                AS u(workspace, saga, key, id, type, data)
            ON CONFLICT (workspace_id, saga_name, saga_key, message_id) DO NOTHING
            RETURNING id
            """
        ).map { try $0("id") }
    }

    /// Oldest first: everything unconsumed, and what the current run has taken.
    static func load(
        _ sagas: [SagaInstance], in database: PostgresTransaction
    ) async throws -> [SagaID: [MailboxEntry]] {
        guard !sagas.isEmpty else { return [:] }
        let ids = sagas.map(\.id.uuid)
        let workspaces = sagas.map(\.workspaceID.uuid)
        let names = sagas.map(\.name)
        let keys = sagas.map(\.key)
        let runs = sagas.map(\.run)
        let rows = try await database.query(
            """
            SELECT u.saga, m.id, m.type, m.data, m.consumed_run, m.consumed_path
            FROM unnest(\(ids), \(workspaces), \(names), \(keys), \(runs)) AS u(saga, workspace, name, key, run)
            JOIN mailbox m ON m.workspace_id = u.workspace AND m.saga_name = u.name AND m.saga_key = u.key
            WHERE m.consumed_run IS NULL OR m.consumed_run = u.run ORDER BY m.id
            """)
        return try Dictionary(grouping: rows) { SagaID(uuid: try $0("saga")) }.mapValues { try $0.map(entry) }
    }

    private static func entry(_ row: PostgresRow) throws -> MailboxEntry {
        MailboxEntry(
            id: try row("id"), type: try row("type"), data: try row.json("data"),
            consumedRun: try row("consumed_run"), consumedPath: try row("consumed_path"))
    }

    static func consume(_ consumed: [Consumption], in database: PostgresTransaction) async throws {
        guard !consumed.isEmpty else { return }
        let ids = consumed.map(\.id)
        let runs = consumed.map(\.run)
        let paths = consumed.map(\.path)
        try await database.execute(
            """
            UPDATE mailbox m SET consumed_run = u.run, consumed_path = u.path
            FROM unnest(\(ids), \(runs), \(paths)) AS u(id, run, path) WHERE m.id = u.id
            """)
    }
}
