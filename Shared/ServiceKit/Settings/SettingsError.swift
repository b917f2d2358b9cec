/// A setting is missing or malformed. Its description is one line that names the setting and what to do.
public struct SettingsError: Error, Equatable, CustomStringConvertible {
    public let setting: String
    public let description: String

    static func missing(_ setting: Setting) -> SettingsError {
        SettingsError(
            setting: setting.name,
            description:
                "\(setting.name) is not set: set it to \(setting.form), or \(setting.name)_FILE to a file of it")
    }

    /// The value itself is never repeated: it may be a secret put into the wrong variable.
    static func malformed(_ setting: Setting, _ reason: String? = nil) -> SettingsError {
        let reason = reason.map { " (\($0))" } ?? ""
        return SettingsError(
            setting: setting.name, description: "\(setting.name) is malformed\(reason): set it to \(setting.form)")
    }

    static func unreadable(_ setting: Setting) -> SettingsError {
        SettingsError(
            setting: setting.name,
            description: "\(setting.name)_FILE names a file that cannot be read: correct the path or its permissions")
    }

    static func ambiguous(_ setting: Setting) -> SettingsError {
        SettingsError(
            setting: setting.name,
            description: "\(setting.name) and \(setting.name)_FILE are both set: unset one of them")
    }
}
