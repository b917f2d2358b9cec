import Configuration
import Foundation

/// Reads settings by the catalog: from the variable, from the file that `<name>_FILE` names, or the default.
///
/// Failure: `SettingsError`, one line that names the setting.
public struct SettingsReader: Sendable {
    private let config: ConfigReader

    public init(_ config: ConfigReader) {
        self.config = config
    }

    /// Reads from the given environment, by default the process's own.
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.init(ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: environment)))
    }

    /// The text of the setting without surrounding blanks; nil when it is neither set nor has a default.
    public func optionalText(_ setting: Setting) throws(SettingsError) -> String? {
        let direct = value(setting.name, isSecret: setting.isSecret)
        guard let path = value("\(setting.name)_FILE", isSecret: false) else { return direct ?? setting.defaultText }
        guard direct == nil else { throw .ambiguous(setting) }
        guard let contents = try? String(contentsOfFile: path, encoding: .utf8) else { throw .unreadable(setting) }
        let text = contents.trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? setting.defaultText : text
    }

    public func text(_ setting: Setting) throws(SettingsError) -> String {
        guard let text = try optionalText(setting) else { throw .missing(setting) }
        return text
    }

    public func secret(_ setting: Setting) throws(SettingsError) -> SecretText {
        SecretText(try text(setting))
    }

    public func integer(_ setting: Setting, in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        guard let number = Int(try text(setting)), range.contains(number) else { throw .malformed(setting) }
        return number
    }

    public func flag(_ setting: Setting) throws(SettingsError) -> Bool {
        switch try text(setting) {
        case "1", "true": true
        case "0", "false": false
        default: throw .malformed(setting)
        }
    }

    private func value(_ name: String, isSecret: Bool) -> String? {
        let key = ConfigKey(name.lowercased().split(separator: "_").map(String.init))
        let text = config.string(forKey: key, isSecret: isSecret)?.trimmingCharacters(in: .whitespacesAndNewlines)
        return text.flatMap { $0.isEmpty ? nil : $0 }
    }
}
