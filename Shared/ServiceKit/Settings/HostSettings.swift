import Logging

/// What a process needs whatever it does: where it listens and how much it logs.
public struct HostSettings: Sendable {
    public let host: String
    /// Nil when not set; services with public HTTP call `requireHTTPPort`.
    public let httpPort: Int?
    public let adminPort: Int
    public let logLevel: Logger.Level
    public let isDevelopment: Bool
    /// Never set outside of development.
    public let killPlan: String?
    /// `host:port` of targets of outgoing webhooks that may be local and plain http. Empty outside of development.
    public let webhookAllow: Set<String>
}

extension HostSettings {
    public init(_ reader: SettingsReader) throws(SettingsError) {
        host = try reader.text(.host)
        httpPort = try reader.optionalText(.httpPort) == nil ? nil : try reader.integer(.httpPort, in: 1...65_535)
        adminPort = try reader.integer(.adminPort, in: 1...65_535)
        guard let level = Logger.Level(rawValue: try reader.text(.logLevel)) else { throw .malformed(.logLevel) }
        logLevel = level
        isDevelopment = try reader.flag(.development)
        killPlan = isDevelopment ? try reader.optionalText(.killPoints) : nil
        let allowed = isDevelopment ? try reader.optionalText(.webhookAllow) : nil
        webhookAllow = Set((allowed ?? "").split(separator: ",").map { $0.lowercased() })
    }

    /// The port of the public HTTP interface. Failure: `SettingsError` when it is not set.
    public func requireHTTPPort() throws(SettingsError) -> Int {
        guard let httpPort else { throw .missing(.httpPort) }
        return httpPort
    }
}
