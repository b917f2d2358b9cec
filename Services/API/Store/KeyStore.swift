import Commerce
import Foundation
import Postgres

/// `platform.api_keys`.
enum KeyStore {
    /// Who holds the key with this hash; nil for a key that does not exist or is revoked. Marks it as used.
    static func find(hash: [UInt8], in pool: PostgresPool) async throws -> Caller? {
        try await pool.query("SELECT id, workspace_id, principal, scopes FROM api.find_key(\(hash))").first.map { row in
            Caller(
                keyID: KeyID(uuid: try row("id")), workspaceID: WorkspaceID(uuid: try row("workspace_id")),
                principal: try row("principal"), scopes: Set(try row("scopes", as: [String].self)))
        }
    }

    struct Key: Sendable {
        var id: KeyID
        var name: String
        var principal: String
        var role: String
        var scopes: [String]
        var createdAt: Date
        var lastUsedAt: Date?
        var revokedAt: Date?
    }

    static func list(_ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> Page<Key> {
        let rows = try await pool.query(
            """
            SELECT id, name, principal, role, scopes, created_at, last_used_at, revoked_at FROM platform.api_keys
            \(page.newestFirst())
            """, workspace: workspaceID.uuid)
        return Page(rows: try rows.map(Key.init), limit: page.limit) { Cursor(time: $0.createdAt, id: $0.id.uuid) }
    }

    /// The scopes of a role; nil when there is no such role.
    static func scopes(ofRole role: String, in database: PostgresTransaction) async throws -> [String]? {
        try await database.query(
            """
            SELECT array(SELECT scope FROM platform.role_scopes s WHERE s.role = r.role) AS scopes
            FROM platform.roles r WHERE r.role = \(role)
            """
        ).first?("scopes")
    }

    static func insert(
        _ key: Key, hash: [UInt8], workspaceID: WorkspaceID, in database: PostgresTransaction
    ) async throws {
        try await database.execute(
            """
            INSERT INTO platform.api_keys
                (id, workspace_id, name, principal, role, scopes, secret_hash, created_at)
            VALUES (\(key.id.uuid), \(workspaceID.uuid), \(key.name), \(key.principal), \(key.role), \(key.scopes),
                    \(hash), \(key.createdAt))
            """)
    }
}

extension KeyStore.Key {
    init(_ row: PostgresRow) throws {
        self.init(
            id: KeyID(uuid: try row("id")), name: try row("name"), principal: try row("principal"),
            role: try row("role"), scopes: try row("scopes"), createdAt: try row("created_at"),
            lastUsedAt: try row("last_used_at"), revokedAt: try row("revoked_at"))
    }
}
