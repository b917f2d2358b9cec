import Commerce
import Providers
import Synchronization

/// The verifier of each provider in each workspace, made from its settings.
///
/// *Guarantees*: changed settings (a second secret, a new one) count within ``lifetime``. While one request renews an
/// entry, the others go on with the old one.
final class VerifierCache: Sendable {
    static let lifetime = Duration.seconds(5)

    private struct Key: Hashable {
        var workspaceID: WorkspaceID
        var provider: String
    }

    private struct Entry {
        var verifier: (any WebhookVerifier)?
        var renewAt: ContinuousClock.Instant
    }

    /// Gives the settings of a provider in a workspace as JSON, nil where there are none.
    typealias SettingsSource = @Sendable (_ provider: String, WorkspaceID) async throws -> [UInt8]?

    private let settings: SettingsSource
    private let entries = Mutex<[Key: Entry]>([:])

    init(settings: @escaping SettingsSource) {
        self.settings = settings
    }

    /// Nil when the workspace has not set up the provider, or the provider sends no webhooks.
    ///
    /// Failure: what reading the settings throws; settings that are malformed.
    func verifier(
        of provider: ProviderDefinition, in workspaceID: WorkspaceID, at now: ContinuousClock.Instant = .now
    ) async throws -> (any WebhookVerifier)? {
        guard let make = provider.webhookVerifier else { return nil }
        let key = Key(workspaceID: workspaceID, provider: provider.name)
        if let entry = current(key, at: now) { return entry.verifier }
        let verifier = try await settings(provider.name, workspaceID).map { json in try make(json) }
        entries.withLock { $0[key] = Entry(verifier: verifier, renewAt: now + Self.lifetime) }
        return verifier
    }

    /// The entry to go by; nil for the one caller that has to renew it.
    private func current(_ key: Key, at now: ContinuousClock.Instant) -> Entry? {
        entries.withLock { entries in
            guard let entry = entries[key] else { return nil }
            guard now >= entry.renewAt else { return entry }
            // WHY: should the renewal fail, the next request tries again a second later.
            entries[key]?.renewAt = now + .seconds(1)
            return nil
        }
    }
}
