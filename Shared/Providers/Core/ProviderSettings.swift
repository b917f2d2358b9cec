/// The settings of one provider in one workspace; JSON with snake_case keys.
///
/// Prints its type only: a value may be secret.
public protocol ProviderSettings: Codable, Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The provider's name in paths and in the catalog.
    static var provider: String { get }
    /// Keys whose values are stored encrypted and never shown.
    static var secretKeys: Set<String> { get }
    /// Every key there is.
    static var keys: [String] { get }

    init(from decoder: any Decoder) throws
}

extension ProviderSettings {
    public var description: String { "\(Self.provider) settings (redacted)" }
    public var debugDescription: String { description }

    /// Reads and checks the settings.
    ///
    /// Failure: `ProviderSettingsProblem`, one line that names the first key that is missing or malformed.
    public static func decode(_ json: [UInt8]) throws(ProviderSettingsProblem) -> Self {
        do {
            return try ProviderJSON.decode(Self.self, from: json)
        } catch {
            throw ProviderSettingsProblem(provider: provider, error)
        }
    }
}
