/// How to reach one account at the warehouse, and how its orders ship.
public struct DCLSettings: ProviderSettings {
    public static let provider = "dcl"
    public static let secretKeys: Set<String> = ["password", "webhook_tokens"]
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    /// Stands for `https://api.dclcorp.com/api/v1`.
    public var baseURL: String
    public var accountNumber: String
    public var username: String
    public var password: String
    /// The warehouse: `FR`, `LA`, `LN`, `YK`, `EX` or `EU`.
    public var location: String
    public var shippingCarrier: String
    public var shippingService: String
    public var freightAccount: String
    /// The warehouse's type of a return, e.g. `T01`, and what becomes of the goods, e.g. `D1`.
    public var returnType: String
    public var returnDisposition: String
    /// What notifications carry in `X-Webhook-Token`: two while one is replaced.
    public var webhookTokens: [String]
    /// Requests that leak out of the warehouse's bucket each second, and what it holds.
    public var callsPerSecond: Double
    public var callsBurst: Double
    /// Calls in a row that find no working server before calls are held back.
    public var failuresMax: Int
    /// Tries of one command before it is given up on; nil for the platform's own number.
    public var attemptsMax: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case username, password, location
        case baseURL = "base_url"
        case accountNumber = "account_number"
        case shippingCarrier = "shipping_carrier"
        case shippingService = "shipping_service"
        case freightAccount = "freight_account"
        case returnType = "return_type"
        case returnDisposition = "return_disposition"
        case webhookTokens = "webhook_tokens"
        case callsPerSecond = "calls_per_second"
        case callsBurst = "calls_burst"
        case failuresMax = "failures_max"
        case attemptsMax = "attempts_max"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        baseURL = try container.url(.baseURL, default: "https://api.dclcorp.com/api/v1")
        accountNumber = try container.required(.accountNumber, must: "must have at most 10 characters") {
            $0.count <= 10
        }
        username = try container.required(.username, must: "must not hold a colon") { !$0.contains(":") }
        password = try container.required(.password)
        location = try container.required(.location)
        shippingCarrier = try container.required(.shippingCarrier)
        shippingService = try container.required(.shippingService)
        freightAccount = try container.optional(.freightAccount) ?? "00500"
        returnType = try container.optional(.returnType) ?? "T01"
        returnDisposition = try container.optional(.returnDisposition) ?? "D1"
        webhookTokens = try container.requiredList(.webhookTokens)
        callsPerSecond = try container.positiveAmount(.callsPerSecond) ?? 2
        callsBurst = try container.positiveAmount(.callsBurst) ?? 40
        failuresMax = try container.positive(.failuresMax) ?? GateLimits.failuresMaxDefault
        attemptsMax = try container.positive(.attemptsMax)
    }
}

extension DCLSettings {
    var lane: GateLane {
        let rate = GateLimits.Rate(perSecond: callsPerSecond, burst: callsBurst)
        return GateLane("dcl", GateLimits(rate: rate.withMargin, failuresMax: failuresMax))
    }
}
