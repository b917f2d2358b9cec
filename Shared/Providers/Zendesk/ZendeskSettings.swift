import HTTPTransport

/// How to reach one Zendesk account.
public struct ZendeskSettings: ProviderSettings {
    public static let provider = "zendesk"
    public static let secretKeys: Set<String> = ["api_token", "webhook_secrets"]
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    /// `mienne` of `mienne.zendesk.com`.
    public var subdomain: String
    /// Stands for `https://{subdomain}.zendesk.com`.
    public var baseURL: String
    /// The agent the token acts as.
    public var email: String
    public var apiToken: String
    /// The signing secrets of our webhook: two while one is replaced.
    public var webhookSecrets: [String]
    /// Custom fields that hold a return's number and its parcel's, by id; nil where there are none.
    public var returnNumberField: String?
    public var trackingNumberField: String?
    /// Whether a ticket is closed with its return; so it is unless the workspace says otherwise.
    public var closesTickets: Bool
    /// Calls a minute that the plan allows, and the changes of tickets among them.
    public var callsPerMinute: Double
    public var updatesPerMinute: Double
    /// Calls in a row that find no working server before calls are held back.
    public var failuresMax: Int
    /// Tries of one command before it is given up on; nil for the platform's own number.
    public var attemptsMax: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case subdomain, email
        case baseURL = "base_url"
        case apiToken = "api_token"
        case webhookSecrets = "webhook_secrets"
        case returnNumberField = "return_number_field"
        case trackingNumberField = "tracking_number_field"
        case closesTickets = "close_tickets"
        case callsPerMinute = "calls_per_minute"
        case updatesPerMinute = "updates_per_minute"
        case failuresMax = "failures_max"
        case attemptsMax = "attempts_max"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        subdomain = try container.required(.subdomain, must: "must be the account's name, without .zendesk.com") {
            !$0.contains(".") && !$0.contains("/")
        }
        baseURL = try container.url(.baseURL, default: "https://\(subdomain).zendesk.com")
        email = try container.required(.email, must: "must be an e-mail address") {
            $0.contains("@") && !$0.contains(":")
        }
        apiToken = try container.required(.apiToken)
        webhookSecrets = try container.requiredList(.webhookSecrets)
        callsPerMinute = try container.positiveAmount(.callsPerMinute) ?? 200
        updatesPerMinute = try container.positiveAmount(.updatesPerMinute) ?? 100
        returnNumberField = try container.optional(.returnNumberField)
        trackingNumberField = try container.optional(.trackingNumberField)
        closesTickets = try container.optionalFlag(.closesTickets) ?? true
        failuresMax = try container.positive(.failuresMax) ?? GateLimits.failuresMaxDefault
        attemptsMax = try container.positive(.attemptsMax)
    }
}

extension ZendeskSettings {
    var lane: GateLane {
        GateLane("zendesk", GateLimits(rate: Self.rate(callsPerMinute), failuresMax: failuresMax)) { response in
            var reading = GateReading(usual: response)
            reading.tokensLeft = response.header("X-Rate-Limit-Remaining").flatMap(Double.init)
            return reading
        }
    }

    var updateLane: GateLane {
        GateLane("zendesk/updates", GateLimits(rate: Self.rate(updatesPerMinute), failuresMax: failuresMax))
    }

    /// WHY: the account counts calls a minute; a bucket that leaks at the full rate would let its burst through on top.
    private static func rate(_ perMinute: Double) -> GateLimits.Rate {
        GateLimits.Rate(perSecond: perMinute * 0.75 / 60, burst: max(1, perMinute / 4))
    }
}
