import HTTPTransport

/// How to reach one Gorgias account.
public struct GorgiasSettings: ProviderSettings {
    public static let provider = "gorgias"
    public static let secretKeys: Set<String> = ["api_key", "webhook_tokens"]
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    /// The account's name: `mienne` of `mienne.gorgias.com`.
    public var domain: String
    /// Stands for `https://{domain}.gorgias.com`.
    public var baseURL: String
    /// The e-mail address of the user the key belongs to.
    public var username: String
    public var apiKey: String
    /// An address of a connected e-mail integration, from which replies are sent, and its name.
    public var fromAddress: String
    public var fromName: String?
    /// What webhooks carry in `X-Webhook-Token`: two while one is replaced. Gorgias signs nothing.
    public var webhookTokens: [String]
    /// Custom fields that hold a return's number and its parcel's, by id; nil where there are none.
    public var returnNumberField: String?
    public var trackingNumberField: String?
    /// Whether a ticket is closed with its return; so it is unless the workspace says otherwise.
    public var closesTickets: Bool
    /// Requests that leak out of the account's bucket each second, and what it holds.
    public var callsPerSecond: Double
    public var callsBurst: Double
    /// Calls in a row that find no working server before calls are held back.
    public var failuresMax: Int
    /// Tries of one command before it is given up on; nil for the platform's own number.
    public var attemptsMax: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case domain, username
        case baseURL = "base_url"
        case apiKey = "api_key"
        case fromAddress = "from_address"
        case fromName = "from_name"
        case webhookTokens = "webhook_tokens"
        case returnNumberField = "return_number_field"
        case trackingNumberField = "tracking_number_field"
        case closesTickets = "close_tickets"
        case callsPerSecond = "calls_per_second"
        case callsBurst = "calls_burst"
        case failuresMax = "failures_max"
        case attemptsMax = "attempts_max"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        domain = try container.required(.domain, must: "must be the account's name, letters, digits and hyphens") {
            $0.utf8.allSatisfy(Self.isNameByte)
        }
        baseURL = try container.url(.baseURL, default: "https://\(domain).gorgias.com")
        username = try container.required(.username, must: "must not hold a colon") { !$0.contains(":") }
        apiKey = try container.required(.apiKey)
        fromAddress = try container.required(.fromAddress, must: "must be an e-mail address") { $0.contains("@") }
        fromName = try container.optional(.fromName)
        webhookTokens = try container.requiredList(.webhookTokens)
        callsPerSecond = try container.positiveAmount(.callsPerSecond) ?? 2
        callsBurst = try container.positiveAmount(.callsBurst) ?? 40
        returnNumberField = try container.optional(.returnNumberField)
        trackingNumberField = try container.optional(.trackingNumberField)
        closesTickets = try container.optionalFlag(.closesTickets) ?? true
        failuresMax = try container.positive(.failuresMax) ?? GateLimits.failuresMaxDefault
        attemptsMax = try container.positive(.attemptsMax)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
        default: false
        }
    }
}

extension GorgiasSettings {
    var lane: GateLane {
        let rate = GateLimits.Rate(perSecond: callsPerSecond, burst: callsBurst)
        return GateLane("gorgias", GateLimits(rate: rate.withMargin, failuresMax: failuresMax)) { response in
            var reading = GateReading(usual: response)
            reading.tokensLeft = Self.callsLeft(response.header("X-Gorgias-Account-Api-Call-Limit"))
            return reading
        }
    }

    /// `10/40`: ten of forty are used.
    private static func callsLeft(_ header: String?) -> Double? {
        let numbers = (header ?? "").split(separator: "/").map { Double($0) }
        guard numbers.count == 2, let used = numbers[0], let size = numbers[1] else { return nil }
        return max(0, size - used)
    }
}
