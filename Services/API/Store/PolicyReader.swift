import Commerce
import Postgres

/// A workspace's return policy, from the view of `returns`.
enum PolicyReader {
    /// The version in force as JSON; nil where none was ever set.
    static func current(in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> String? {
        try await pool.query(
            "SELECT document::text AS document FROM returns.policy_view ORDER BY version DESC LIMIT 1",
            workspace: workspaceID.uuid
        ).first.map { try $0("document") }
    }
}
