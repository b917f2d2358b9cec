import Commerce
import Foundation
import Postgres

/// A provider's row of `platform.provider_settings`.
struct ProviderSettingsRow: Sendable {
    var provider: String
    /// What may be shown.
    var settings: JSONValue
    /// An encrypted JSON object of what may not.
    var secrets: SealedSecret?
    var updatedAt: Date

    init(_ row: PostgresRow) throws {
        provider = try row("provider")
        settings = try row("settings", as: JSONB.self).decode(JSONValue.self)
        let bytes: [UInt8]? = try row("secrets")
        let keyID: String? = try row("key_id")
        if let bytes, let keyID { secrets = SealedSecret(keyID: keyID, bytes: bytes) }
        updatedAt = try row("updated_at")
    }

    static func find(
        _ provider: String, of workspace: WorkspaceID, forUpdate: Bool = false, in transaction: PostgresTransaction
    ) async throws -> ProviderSettingsRow? {
        let lock = forUpdate ? "FOR UPDATE" : ""
        let rows = try await transaction.query(
            """
            SELECT provider, settings, secrets, key_id, updated_at FROM platform.provider_settings
            WHERE workspace_id = \(workspace.uuid) AND provider = \(provider) \(unsafeRaw: lock)
            """)
        return try rows.first.map(ProviderSettingsRow.init)
    }

    static func all(
        of workspace: WorkspaceID, in transaction: PostgresTransaction
    ) async throws -> [ProviderSettingsRow] {
        let rows = try await transaction.query(
            """
            SELECT provider, settings, secrets, key_id, updated_at FROM platform.provider_settings
            WHERE workspace_id = \(workspace.uuid) ORDER BY provider
            """)
        return try rows.map(ProviderSettingsRow.init)
    }
}
