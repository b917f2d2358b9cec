import Commerce
import Foundation
import Postgres

/// What an operator may see of a provider's settings.
public struct ProviderSettingsSummary: Sendable, Equatable {
    public let provider: String
    public let settings: JSONValue
    /// The names of the secrets that are set.
    public let secretNames: [String]
    public let updatedAt: Date
}

extension ProviderSettingsStore {
    /// Puts the changes over what the workspace has for the provider; a null removes its field.
    ///
    /// The top-level fields named in `secretNames` are encrypted with the active key, the others stored as they are.
    /// Other replicas use the new settings within two seconds.
    public func save(
        _ changes: JSONValue, secretNames: Set<String>, provider: String, workspace: WorkspaceID, at time: Date
    ) async throws {
        let (plainChanges, secretChanges) = changes.split(naming: secretNames)
        try await pool.transaction(workspace: workspace.uuid) { [secrets] transaction in
            let row = try await ProviderSettingsRow.find(
                provider, of: workspace, forUpdate: true, in: transaction)
            let known = try row.map { try secrets.open($0, workspace: workspace) } ?? [:]
            let sealed = try secrets.seal(known.merging(secretChanges), provider: provider, workspace: workspace)
            let settings = try JSONB(encoding: (row?.settings ?? [:]).merging(plainChanges))
            try await transaction.execute(
                """
                INSERT INTO platform.provider_settings (workspace_id, provider, settings, secrets, key_id, updated_at)
                VALUES (\(workspace.uuid), \(provider), \(settings), \(sealed?.bytes as [UInt8]?),
                    \(sealed?.keyID as String?), \(time))
                ON CONFLICT (workspace_id, provider) DO UPDATE
                SET settings = excluded.settings, secrets = excluded.secrets, key_id = excluded.key_id,
                    updated_at = excluded.updated_at
                """)
        }
        cache.forget(ProviderSettingsCache.Key(workspace: workspace, provider: provider))
    }

    /// The providers of the workspace, without their secrets.
    public func list(workspace: WorkspaceID) async throws -> [ProviderSettingsSummary] {
        let rows = try await pool.transaction(workspace: workspace.uuid) { transaction in
            try await ProviderSettingsRow.all(of: workspace, in: transaction)
        }
        return try rows.map { row in
            ProviderSettingsSummary(
                provider: row.provider, settings: row.settings,
                secretNames: try secrets.open(row, workspace: workspace).fields.keys.sorted(),
                updatedAt: row.updatedAt)
        }
    }
}

extension JSONValue {
    /// The object's fields without and with the named ones.
    func split(naming names: Set<String>) -> (others: JSONValue, named: JSONValue) {
        (.object(fields.filter { !names.contains($0.key) }), .object(fields.filter { names.contains($0.key) }))
    }
}
