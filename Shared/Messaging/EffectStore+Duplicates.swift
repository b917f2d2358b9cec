import Commerce
import Foundation
import Postgres

extension EffectStore {
    /// The request of an effect that is done; nil for any other.
    static func settledRequest(_ identity: Identity, in database: PostgresTransaction) async throws -> RawJSON? {
        try await database.query(
            """
            SELECT request FROM effects
            WHERE workspace_id = \(identity.workspaceID.uuid) AND key = \(identity.key) AND state = 'done'
            """
        ).first.map { RawJSON(bytes: try $0("request", as: JSONB.self).bytes) }
    }

    static func mark(
        duplicates: [String], of identity: Identity, in database: PostgresTransaction
    ) async throws {
        try await database.execute(
            """
            UPDATE effects SET duplicates = \(try JSONB(encoding: duplicates)), updated_at = now()
            WHERE workspace_id = \(identity.workspaceID.uuid) AND key = \(identity.key)
            """)
    }
}
