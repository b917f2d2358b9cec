import Commerce
import Foundation
import Messaging
import Postgres
import Sagas

/// `watchers`: the steps of other sagas that wait for a saga's end.
enum WatcherStore {
    struct Row: Sendable {
        var sagaID: SagaID
        var workspaceID: WorkspaceID
        var parent: SagaAddress
        /// Started for this parent: it is cancelled with it.
        var started: Bool
    }

    /// Travels with the next statement or COMMIT. A later attempt of the same step takes the place of the earlier.
    static func insert(_ rows: [Row], in database: PostgresTransaction) {
        for row in rows {
            database.enqueue(
                """
                INSERT INTO watchers (saga_id, workspace_id, parent_id, parent_run, parent_path, parent_attempt, started)
                VALUES (\(row.sagaID.uuid), \(row.workspaceID.uuid), \(row.parent.sagaID.uuid), \(row.parent.run),
                    \(row.parent.path), \(row.parent.attempt), \(row.started))
                ON CONFLICT (saga_id, parent_id, parent_run, parent_path)
                DO UPDATE SET parent_attempt = excluded.parent_attempt
                """)
        }
    }

    static func load(_ ids: [SagaID], in database: PostgresTransaction) async throws -> [SagaID: [Row]] {
        guard !ids.isEmpty else { return [:] }
        let rows = try await database.query(
            """
            SELECT saga_id, workspace_id, parent_id, parent_run, parent_path, parent_attempt, started
            FROM watchers WHERE saga_id = ANY(\(ids.map(\.uuid))) ORDER BY parent_id, parent_path
            """)
        return Dictionary(grouping: try rows.map(Row.init), by: \.sagaID)
    }

    /// Whether each parent's step still waits, or the parent was cancelled, or lost the branch, meanwhile.
    static func waiting(_ parents: [SagaAddress], in database: PostgresTransaction) async throws -> Set<SagaAddress> {
        guard !parents.isEmpty else { return [] }
        let rows = try await database.query(
            """
            SELECT u.n FROM unnest(\(Array(parents.indices)), \(parents.map(\.sagaID.uuid)), \(parents.map(\.run)),
                \(parents.map(\.path)), \(parents.map(\.attempt))) AS u(n, saga, run, path, attempt)
            JOIN sagas s ON s.id = u.saga AND s.run = u.run AND s.compensation IS NULL
                AND s.status NOT IN ('cancelled', 'terminated', 'compensated', 'failed', 'completed')
            JOIN steps t ON t.saga_id = u.saga AND t.run = u.run AND t.path = u.path AND t.attempt = u.attempt
                AND t.status = 'issued'
            """)
        return Set(try rows.map { parents[try $0("n", as: Int.self)] })
    }
}

extension WatcherStore.Row {
    fileprivate init(_ row: PostgresRow) throws {
        sagaID = SagaID(uuid: try row("saga_id"))
        workspaceID = WorkspaceID(uuid: try row("workspace_id"))
        parent = SagaAddress(
            sagaID: SagaID(uuid: try row("parent_id")), run: try row("parent_run"), path: try row("parent_path"),
            attempt: try row("parent_attempt"))
        started = try row("started")
    }
}
