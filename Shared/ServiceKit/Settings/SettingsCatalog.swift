/// Every setting of every service, in the order of the README's table.
public enum SettingsCatalog {
    public static let all: [Setting] = [
        .postgresURL, .amqpURL, .secretKeys, .host, .httpPort, .adminPort, .logLevel, .poolSize, .development,
        .killPoints, .webhookAllow,
    ]

    /// The table of all settings for the README.
    public static var markdown: String {
        let head = ["| variable | default | meaning |", "|---|---|---|"]
        let rows = all.map { "| `\($0.name)` | \($0.defaultColumn) | \($0.meaning) |" }
        return (head + rows).joined(separator: "\n") + "\n"
    }
}

extension Setting {
    fileprivate var defaultColumn: String {
        switch need {
        case .required: "required"
        case .requiredBy(let names): "required by " + names.map { "`\($0)`" }.joined(separator: ", ")
        case .defaults(let text): "`\(text)`"
        case .optional: "none"
        }
    }
}
