import Commerce
import Foundation
import Postgres
import ServiceKit

/// `platform.api_keys`. The key itself is never stored, only its SHA-256.
enum KeyStore {
    struct Key: Encodable, Sendable {
        var id: KeyID
        var name: String
        var principal: String
        var role: String
        var scopes: [String]
        var lastUsedAt: Date?
        var revokedAt: Date?
    }

    static func insert(
        _ key: Key, secret: KeySecret, workspaceID: WorkspaceID, in database: PostgresTransaction
    ) async throws {
        try await database.execute(
            """
            INSERT INTO platform.api_keys (id, workspace_id, name, principal, role, scopes, secret_hash)
            VALUES (\(key.id.uuid), \(workspaceID.uuid), \(key.name), \(key.principal), \(key.role), \(key.scopes),
                    \(secret.hash))
            """)
    }

    static func list(workspaceID: WorkspaceID, in pool: PostgresPool) async throws -> [Key] {
        try await pool.query(
            """
            SELECT id, name, principal, role, scopes, last_used_at, revoked_at FROM platform.api_keys
            WHERE workspace_id = \(workspaceID.uuid) ORDER BY created_at, id
            """, workspace: workspaceID.uuid
        ).map(Key.init)
    }

    /// - Returns: false when there is no such key, or it is revoked already.
    static func revoke(
        _ id: KeyID, workspaceID: WorkspaceID, in database: PostgresTransaction
    ) async throws -> Bool {
        try await database.execute(
            """
            UPDATE platform.api_keys SET revoked_at = now()
            WHERE id = \(id.uuid) AND workspace_id = \(workspaceID.uuid) AND revoked_at IS NULL
            """) == 1
    }

    /// The roles there are, each with its scopes.
    static func roles(in database: PostgresTransaction) async throws -> [String: [String]] {
        let rows = try await database.query(
            "SELECT role, array(SELECT scope FROM platform.role_scopes s WHERE s.role = r.role) AS scopes FROM platform.roles r"
        )
        return try rows.reduce(into: [:]) { $0[try $1("role", as: String.self)] = try $1("scopes") }
    }
}

extension KeyStore.Key {
    fileprivate init(_ row: PostgresRow) throws {
        id = KeyID(uuid: try row("id"))
        name = try row("name")
        principal = try row("principal")
        role = try row("role")
        scopes = try row("scopes")
        lastUsedAt = try row("last_used_at")
        revokedAt = try row("revoked_at")
    }
}
