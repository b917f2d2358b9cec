import Commerce

/// Why a provider's settings cannot be used. Names fields, never their values. Trying again does not help.
public struct ProviderSettingsError: Error, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        case notConfigured = "provider_not_configured"
        case malformed = "provider_settings_malformed"
        case unreadableSecrets = "provider_secrets_unreadable"
    }

    public let code: Code
    public let description: String

    static func notConfigured(_ provider: String, _ workspace: WorkspaceID) -> ProviderSettingsError {
        ProviderSettingsError(
            code: .notConfigured,
            description:
                "provider '\(provider)' is not configured for \(workspace): stateset providers set \(provider) …")
    }

    static func malformed(_ provider: String, _ workspace: WorkspaceID, _ error: any Error) -> ProviderSettingsError {
        let reason = (error as? DecodingError).map(\.fieldProblem) ?? "\(error)"
        return ProviderSettingsError(
            code: .malformed,
            description: "settings of provider '\(provider)' for \(workspace): \(reason); "
                + "correct it with stateset providers set \(provider) …")
    }

    static func unreadableSecrets(
        _ provider: String, _ workspace: WorkspaceID, _ error: any Error
    ) -> ProviderSettingsError {
        ProviderSettingsError(
            code: .unreadableSecrets,
            description: "secrets of provider '\(provider)' for \(workspace) cannot be read: \(error)")
    }
}

extension ProviderFailure {
    /// A provider whose settings cannot be used is not asked.
    public init(_ error: ProviderSettingsError) {
        self = .refused(code: error.code.rawValue, message: error.description)
    }
}

extension DecodingError {
    /// The field and what is wrong with it, without its value.
    fileprivate var fieldProblem: String {
        switch self {
        case .keyNotFound(let key, let context): "\(Self.path(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context): "\(Self.path(context.codingPath)) is null"
        case .typeMismatch(let type, let context): "\(Self.path(context.codingPath)) is not of type \(type)"
        case .dataCorrupted(let context): "\(Self.path(context.codingPath)) is malformed"
        @unknown default: "a field is malformed"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.isEmpty ? "the document" : keys.map(\.stringValue).joined(separator: ".")
    }
}
