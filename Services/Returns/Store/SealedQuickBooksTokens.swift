import Commerce
import Foundation
import Postgres
import Providers
import ServiceKit

/// `quickbooks_tokens`: the newest keys to each company's books, encrypted at rest.
struct SealedQuickBooksTokens: Sendable {
    let pool: PostgresPool
    let secrets: SecretBox

    func of(_ workspaceID: WorkspaceID) -> any QuickBooksTokenStore {
        QuickBooksTokenRows(pool: pool, secrets: secrets, workspaceID: workspaceID)
    }
}

/// One workspace's.
///
/// Who renews holds a lease on the row and no connection: a renewal waits for Intuit and asks the gate, which needs
/// connections of the same pool.
struct QuickBooksTokenRows: QuickBooksTokenStore {
    private enum Turn: Sendable {
        case kept(QuickBooksTokens)
        case mine(UUID, refreshToken: String?)
        case busy
    }

    private static let purpose = "quickbooks_tokens"
    // LIMIT: longer than Intuit may take to answer; then another may try.
    private static let leaseSeconds = 150
    private static let wait = Duration.milliseconds(200)

    let pool: PostgresPool
    let secrets: SecretBox
    let workspaceID: WorkspaceID

    func tokens(ofRealm realmID: String) async throws -> QuickBooksTokens? {
        try await pool.transaction(workspace: workspaceID.uuid) { try await read(realmID, in: $0) }
    }

    func renew(
        realm realmID: String, replacing stale: QuickBooksTokens?,
        _ renewal: @Sendable (_ refreshToken: String?) async throws -> QuickBooksTokens
    ) async throws -> QuickBooksTokens {
        while true {
            switch try await turn(realmID, replacing: stale) {
            case .kept(let tokens): return tokens
            case .busy: try await Task.sleep(for: Self.wait)
            case .mine(let lease, let refreshToken):
                do {
                    return try await keep(try await renewal(refreshToken), of: realmID, under: lease)
                } catch {
                    try await release(realmID, lease)
                    throw error
                }
            }
        }
    }

    private func turn(_ realmID: String, replacing stale: QuickBooksTokens?) async throws -> Turn {
        try await pool.transaction(workspace: workspaceID.uuid) { database in
            try await database.execute(
                """
                INSERT INTO quickbooks_tokens (workspace_id, realm_id) VALUES (\(workspaceID.uuid), \(realmID))
                ON CONFLICT DO NOTHING
                """)
            let lease = UUIDv7.make()
            let claimed = try await database.execute(
                """
                UPDATE quickbooks_tokens
                SET renewal = \(lease), lease_until = now() + make_interval(secs => \(Self.leaseSeconds))
                WHERE realm_id = \(realmID) AND (lease_until IS NULL OR lease_until < now())
                """)
            guard claimed == 1 else { return .busy }
            let kept = try await read(realmID, in: database)
            guard let kept, kept != stale else { return .mine(lease, refreshToken: kept?.refreshToken) }
            try await end(realmID, lease, in: database)
            return .kept(kept)
        }
    }

    /// Another's renewal that overtook this one has the newer tokens.
    private func keep(
        _ tokens: QuickBooksTokens, of realmID: String, under lease: UUID
    ) async throws -> QuickBooksTokens {
        let sealed = try secrets.seal(
            Array(try JSONEncoder().encode(tokens)), workspace: workspaceID, name: Self.purpose)
        return try await pool.transaction(workspace: workspaceID.uuid) { database in
            let kept = try await database.execute(
                """
                UPDATE quickbooks_tokens
                SET sealed = \(sealed.bytes), key_id = \(sealed.keyID), renewal = NULL, lease_until = NULL
                WHERE realm_id = \(realmID) AND renewal = \(lease)
                """)
            if kept == 1 { return tokens }
            return try await read(realmID, in: database) ?? tokens
        }
    }

    private func release(_ realmID: String, _ lease: UUID) async throws {
        try await pool.transaction(workspace: workspaceID.uuid) { try await end(realmID, lease, in: $0) }
    }

    private func end(_ realmID: String, _ lease: UUID, in database: PostgresTransaction) async throws {
        try await database.execute(
            """
            UPDATE quickbooks_tokens SET renewal = NULL, lease_until = NULL
            WHERE realm_id = \(realmID) AND renewal = \(lease)
            """)
    }

    private func read(_ realmID: String, in database: PostgresTransaction) async throws -> QuickBooksTokens? {
        let row = try await database.query(
            "SELECT sealed, key_id FROM quickbooks_tokens WHERE realm_id = \(realmID) AND sealed IS NOT NULL"
        ).first
        guard let row else { return nil }
        let sealed = SealedSecret(keyID: try row("key_id"), bytes: try row("sealed"))
        let bytes = try secrets.open(sealed, workspace: workspaceID, name: Self.purpose)
        return try JSONDecoder().decode(QuickBooksTokens.self, from: Data(bytes))
    }
}
