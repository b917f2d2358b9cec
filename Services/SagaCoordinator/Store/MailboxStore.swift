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

        init(id: Int, run: Int?, path: String?) {
            self.id = id
            self.run = run
            self.path = path
        }

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
            SELECT workspace, saga, key, id, type, data::json, \(at)
            FROM unnest(\(workspaces), \(sagas), \(keys), \(ids), \(types), \(data))
                AS u(workspace, saga, key, id, type, data)
            ON CONFLICT (workspace_id, saga_name, saga_key, message_id) DO NOTHING
            RETURNING id
            """
        ).map { try $0("id") }
    }

    /// Oldest first: the unconsumed up to a page and one more, and what the current run has taken.
    /// - Parameter whole: those of which everything is wanted.
    static func selection(_ ids: [SagaID], whole: Set<SagaID> = []) -> SQL {
        let page = SagaBounds.mailPage + 1
        let limit: SQL =
            whole.isEmpty ? "\(page)" : "CASE WHEN s.id = ANY(\(whole.map(\.uuid))) THEN NULL ELSE \(page) END"
        return """
            SELECT s.id AS saga, m.id, m.type, m.data, m.consumed_run, m.consumed_path
            FROM sagas s CROSS JOIN LATERAL (
                (SELECT id, type, data, consumed_run, consumed_path FROM mailbox
                 WHERE workspace_id = s.workspace_id AND saga_name = s.name AND saga_key = s.key
                     AND consumed_run IS NULL
                 ORDER BY id LIMIT \(limit))
                UNION ALL
                (SELECT id, type, data, consumed_run, consumed_path FROM mailbox
                 WHERE workspace_id = s.workspace_id AND saga_name = s.name AND saga_key = s.key
                     AND consumed_run = s.run)
            ) AS m WHERE s.id = ANY(\(ids.map(\.uuid))) ORDER BY m.id
            """
    }

    /// The same of sagas that have no row yet, and so have taken nothing.
    static func selection(ofNew sagas: [SagaInstance]) -> SQL {
        """
        SELECT s.id AS saga, m.id, m.type, m.data, m.consumed_run, m.consumed_path
        FROM unnest(\(sagas.map(\.id.uuid)), \(sagas.map(\.workspaceID.uuid)), \(sagas.map(\.name)),
            \(sagas.map(\.key))) AS s(id, workspace, name, key)
        CROSS JOIN LATERAL (
            SELECT id, type, data, consumed_run, consumed_path FROM mailbox
            WHERE workspace_id = s.workspace AND saga_name = s.name AND saga_key = s.key AND consumed_run IS NULL
            ORDER BY id LIMIT \(SagaBounds.mailPage + 1)
        ) AS m ORDER BY m.id
        """
    }

    /// What a selection gave of one saga.
    static func mailbox(_ rows: [PostgresRow], isWhole: Bool) throws -> (entries: [MailboxEntry], unread: UnreadMail) {
        let entries = try rows.map(entry)
        let unread = entries.filter { $0.consumedRun == nil }
        guard !isWhole, unread.count > SagaBounds.mailPage, let surplus = unread.last else { return (entries, .all) }
        let end = unread[SagaBounds.mailPage - 1].id
        return (entries.filter { $0.id != surplus.id }, UnreadMail(through: end))
    }

    /// The next page of unconsumed events of each type, oldest first.
    /// - Parameter ends: behind which entry of each type.
    static func pages(
        of address: MailboxAddress, behind ends: [String: Int], size: Int, in database: PostgresTransaction
    ) async throws -> [MailPage] {
        let types = ends.keys.sorted()
        let rows = try await database.query(
            """
            SELECT m.id, m.type, m.data, m.consumed_run, m.consumed_path
            FROM unnest(\(types), \(types.compactMap { ends[$0] })) AS u(type, after) CROSS JOIN LATERAL (
                SELECT id, type, data, consumed_run, consumed_path FROM mailbox
                WHERE workspace_id = \(address.workspaceID.uuid) AND saga_name = \(address.saga)
                    AND saga_key = \(address.key) AND consumed_run IS NULL AND id > u.after AND type = u.type
                ORDER BY id LIMIT \(size + 1)) AS m
            ORDER BY m.id
            """)
        let entries = Dictionary(grouping: try rows.map(entry), by: \.type)
        return types.map { type in
            let found = entries[type] ?? []
            return MailPage(type: type, entries: Array(found.prefix(size)), hasMore: found.count > size)
        }
    }

    static func countUnread(of address: MailboxAddress, in database: PostgresTransaction) async throws -> Int {
        try await database.query(
            """
            SELECT count(*) AS count FROM mailbox
            WHERE workspace_id = \(address.workspaceID.uuid) AND saga_name = \(address.saga)
                AND saga_key = \(address.key) AND consumed_run IS NULL
            """
        ).first?("count", as: Int.self) ?? 0
    }

    /// Events that nobody has come for.
    static func deleteUnclaimed(before: Date, limit: Int, in database: PostgresTransaction) async throws -> Int {
        try await database.execute(
            """
            DELETE FROM mailbox WHERE id IN (
                SELECT m.id FROM mailbox m WHERE m.consumed_run IS NULL AND m.received_at < \(before)
                    AND NOT EXISTS (SELECT FROM sagas s WHERE s.workspace_id = m.workspace_id AND s.name = m.saga_name
                                    AND s.key = m.saga_key)
                LIMIT \(limit) FOR UPDATE SKIP LOCKED)
            """)
    }

    private static func entry(_ row: PostgresRow) throws -> MailboxEntry {
        MailboxEntry(
            id: try row("id"), type: try row("type"), data: try row.json("data"),
            consumedRun: try row("consumed_run"), consumedPath: try row("consumed_path"))
    }

    /// Travels with the next statement or COMMIT.
    static func consume(_ consumed: [Consumption], in database: PostgresTransaction) {
        guard !consumed.isEmpty else { return }
        let ids = consumed.map(\.id)
        let runs = consumed.map(\.run)
        let paths = consumed.map(\.path)
        database.enqueue(
            """
            UPDATE mailbox m SET consumed_run = u.run, consumed_path = u.path
            FROM unnest(\(ids), \(runs), \(paths)) AS u(id, run, path) WHERE m.id = u.id
            """)
    }
}
