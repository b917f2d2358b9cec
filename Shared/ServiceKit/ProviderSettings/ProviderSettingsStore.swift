import Commerce
import Foundation
import Postgres

/// The settings of each workspace's providers: base URLs, credentials, limits, flags.
///
/// *Guarantees*: secrets are encrypted at rest for their workspace and provider; what is read is at most two seconds
/// old.
/// *Failure*: `ProviderSettingsError` says what to correct; `PostgresError` passes through.
public final class ProviderSettingsStore: Sendable {
    let pool: PostgresPool
    let secrets: ProviderSecrets
    let cache = ProviderSettingsCache()

    public init(pool: PostgresPool, keys: SecretKeys) {
        self.pool = pool
        secrets = ProviderSecrets(box: SecretBox(keys))
    }

    /// The provider's settings with its secrets, as the type its client needs.
    public func settings<S: Decodable>(
        _ type: S.Type = S.self, provider: String, workspace: WorkspaceID
    ) async throws -> S {
        let document = try await document(provider: provider, workspace: workspace)
        do {
            return try JSONDecoder().decode(type, from: document)
        } catch {
            throw ProviderSettingsError.malformed(provider, workspace, error)
        }
    }

    private func document(provider: String, workspace: WorkspaceID) async throws -> Data {
        let key = ProviderSettingsCache.Key(workspace: workspace, provider: provider)
        if let fresh = cache.document(key) { return fresh }
        let row = try await pool.transaction(workspace: workspace.uuid) { transaction in
            try await ProviderSettingsRow.find(provider, of: workspace, in: transaction)
        }
        guard let row else { throw ProviderSettingsError.notConfigured(provider, workspace) }
        let merged = row.settings.merging(try secrets.open(row, workspace: workspace))
        let document = try JSONEncoder().encode(merged)
        cache.keep(document, for: key)
        return document
    }
}
