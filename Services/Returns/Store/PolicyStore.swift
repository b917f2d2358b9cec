import Commerce
import Messaging
import Postgres

/// `policies`: every version of a workspace's return policy.
struct PolicyStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// Writes the next version; two at a time take turns.
    func insert(_ document: (_ version: Int) throws -> String) async throws -> Int {
        let turn = "return-policy|\(transaction.workspaceID)"
        _ = try await transaction.database.query("SELECT pg_advisory_xact_lock(hashtextextended(\(turn), 0))::text")
        let version: Int = try await transaction.database.query(
            """
            SELECT coalesce(max(version), 0)::bigint + 1 AS version FROM policies
            WHERE workspace_id = \(transaction.workspaceID.uuid)
            """)[0]("version")
        try await transaction.database.execute(
            """
            INSERT INTO policies (workspace_id, version, document, actor, created_at)
            VALUES (\(transaction.workspaceID.uuid), \(version), \(try document(version))::json,
                    \(transaction.context.actor), \(transaction.now))
            """)
        return version
    }
}
