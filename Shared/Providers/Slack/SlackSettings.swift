/// Where a workspace's alerts go: an incoming webhook, whose URL is the secret.
public struct SlackSettings: ProviderSettings {
    public static let provider = "slack"
    public static let secretKeys: Set<String> = ["webhook_url"]
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    public var webhookURL: String
    /// Tries of one command before it is given up on; nil for the platform's own number.
    public var attemptsMax: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case webhookURL = "webhook_url"
        case attemptsMax = "attempts_max"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        webhookURL = try container.url(.webhookURL, default: "")
        attemptsMax = try container.positive(.attemptsMax)
    }
}
