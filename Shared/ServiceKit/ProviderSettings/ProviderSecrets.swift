import Commerce
import Foundation

/// The secret fields of a provider's settings as one encrypted JSON object.
struct ProviderSecrets: Sendable {
    let box: SecretBox

    /// The secret fields of a row, none when it has none. Failure: `ProviderSettingsError`.
    func open(_ row: ProviderSettingsRow, workspace: WorkspaceID) throws -> JSONValue {
        guard let sealed = row.secrets else { return [:] }
        do {
            let bytes = try box.open(sealed, workspace: workspace, name: Self.name(row.provider))
            return try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        } catch {
            throw ProviderSettingsError.unreadableSecrets(row.provider, workspace, error)
        }
    }

    /// Nil for no fields.
    func seal(_ fields: JSONValue, provider: String, workspace: WorkspaceID) throws -> SealedSecret? {
        guard !fields.fields.isEmpty else { return nil }
        let bytes = Array(try JSONEncoder().encode(fields))
        return try box.seal(bytes, workspace: workspace, name: Self.name(provider))
    }

    private static func name(_ provider: String) -> String { "provider/\(provider)" }
}
