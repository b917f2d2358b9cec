import Commerce
import Foundation
import Messaging
import Postgres
import Providers
import ServiceKit

/// Changes the settings of one provider in one workspace, after checking the whole of them.
struct ProviderSetup {
    private let store: ProviderSettingsStore
    private let workspaceID: WorkspaceID
    private let definition: ProviderDefinition

    /// Failure: `CLIError` with the list when there is no such provider.
    init(store: ProviderSettingsStore, workspaceID: WorkspaceID, provider: String) throws {
        self.store = store
        self.workspaceID = workspaceID
        definition = try ProviderDefinition.named(provider)
    }

    /// Failure: `CLIError` that names the first setting that is unknown, missing or malformed; nothing is saved then.
    func save(_ changes: ProviderChanges, trail: AuditTrail, in pool: PostgresPool) async throws {
        if let unknown = changes.fields.keys.sorted().first(where: { !definition.keys.contains($0) }) {
            let keys = definition.keys.joined(separator: ", ")
            throw CLIError("\(definition.name): there is no setting '\(unknown)'; there are: \(keys)")
        }
        let changed = JSONValue.object(changes.fields)
        let whole = try await existing().merging(changed)
        do {
            try definition.validate(Array(try JSONEncoder().encode(whole)))
        } catch {
            throw CLIError("\(error)")
        }
        try await store.save(
            changed, secretNames: definition.secretKeys, provider: definition.name, workspace: workspaceID,
            at: trail.now)
        try await pool.transaction(workspace: workspaceID.uuid) { database in
            try await trail.append(
                AuditEntry(
                    action: "provider.set", subject: definition.name, reason: nil,
                    after: try RawJSON(encoding: ["changed": changes.fields.keys.sorted()])),
                workspaceID: workspaceID, in: database)
        }
    }

    private func existing() async throws -> JSONValue {
        do {
            return try await store.settings(provider: definition.name, workspace: workspaceID)
        } catch let error as ProviderSettingsError where error.code == .notConfigured {
            return .object([:])
        }
    }
}
