import Commerce
import Foundation
import Messaging
import Postgres

/// `platform.workspaces`.
enum WorkspaceStore {
    struct Workspace: Encodable, Sendable {
        var id: WorkspaceID
        var name: String
        var webhookRatePerSecond: Int
    }

    /// Failure: `PostgresError` with a unique violation when the name is taken.
    static func create(name: String, in database: PostgresTransaction) async throws -> Workspace {
        let rows = try await database.query(
            """
            INSERT INTO platform.workspaces (id, name) VALUES (\(WorkspaceID().uuid), \(name))
            RETURNING id, name, webhook_rate_per_second
            """)
        return try Workspace(rows[0])
    }

    /// The tenants.
    static func list(in pool: PostgresPool) async throws -> [Workspace] {
        try await pool.query(
            """
            SELECT id, name, webhook_rate_per_second FROM platform.workspaces
            WHERE id <> \(WorkspaceID.platform.uuid) ORDER BY created_at, id
            """
        ).map(Workspace.init)
    }
}

extension WorkspaceStore.Workspace {
    fileprivate init(_ row: PostgresRow) throws {
        id = WorkspaceID(uuid: try row("id"))
        name = try row("name")
        webhookRatePerSecond = try row("webhook_rate_per_second")
    }
}
