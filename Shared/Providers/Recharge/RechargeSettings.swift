import HTTPTransport

/// How to reach one store's subscriptions at Recharge.
public struct RechargeSettings: ProviderSettings {
    public static let provider = "recharge"
    public static let secretKeys: Set<String> = ["access_token", "client_secrets"]
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    /// Stands for `https://api.rechargeapps.com`.
    public var baseURL: String
    /// Without it the token's default version would answer with other field names.
    public var version: String
    public var accessToken: String
    /// The API client's secrets that webhooks are signed with, not the access token: two while one is replaced.
    public var clientSecrets: [String]
    /// Whether Recharge mails the customer when a subscription is cancelled.
    public var sendEmail: Bool
    /// Requests that leak out of the token's bucket each second, and what it holds.
    public var callsPerSecond: Double
    public var callsBurst: Double
    /// Calls in a row that find no working server before calls are held back.
    public var failuresMax: Int
    /// Tries of one command before it is given up on; nil for the platform's own number.
    public var attemptsMax: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case version
        case baseURL = "base_url"
        case accessToken = "access_token"
        case clientSecrets = "client_secrets"
        case sendEmail = "send_email"
        case callsPerSecond = "calls_per_second"
        case callsBurst = "calls_burst"
        case failuresMax = "failures_max"
        case attemptsMax = "attempts_max"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        baseURL = try container.url(.baseURL, default: "https://api.rechargeapps.com")
        version = try container.optional(.version) ?? "2021-11"
        accessToken = try container.required(.accessToken)
        clientSecrets = try container.requiredList(.clientSecrets)
        sendEmail = try container.optionalFlag(.sendEmail) ?? false
        callsPerSecond = try container.positiveAmount(.callsPerSecond) ?? 2
        callsBurst = try container.positiveAmount(.callsBurst) ?? 40
        failuresMax = try container.positive(.failuresMax) ?? GateLimits.failuresMaxDefault
        attemptsMax = try container.positive(.attemptsMax)
    }
}

extension RechargeSettings {
    // LIMIT: Recharge names no time; its bucket has room again after this long.
    static let wait: Duration = .seconds(2)

    var lane: GateLane {
        let rate = GateLimits.Rate(perSecond: callsPerSecond, burst: callsBurst)
        let limits = GateLimits(rate: rate.withMargin, failuresMax: failuresMax)
        return GateLane("recharge", limits) { response in
            var reading = GateReading(usual: response)
            if reading.isLimited { reading.retryAfter = reading.retryAfter ?? Self.wait }
            return reading
        }
    }
}
