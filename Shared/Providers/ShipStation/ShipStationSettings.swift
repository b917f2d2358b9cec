/// How to reach one ShipStation account, and how parcels come back from each country.
public struct ShipStationSettings: ProviderSettings {
    public static let provider = "shipstation"
    public static let secretKeys: Set<String> = ["api_key", "webhook_tokens"]
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    /// Stands for `https://api.shipstation.com/v2`; ShipEngine's `https://api.shipengine.com/v1` speaks the same.
    public var baseURL: String
    public var apiKey: String
    /// What webhooks carry in `X-Webhook-Token`: two while one is replaced.
    public var webhookTokens: [String]
    /// How a return travels, by the country that it is sent from; a JSON object, or a text that holds one.
    public var returnRoutes: [String: ShipStationReturnRoute]
    /// What a parcel is taken to weigh when nobody knows better.
    public var defaultWeightGrams: Int?
    public var labelLayout: ShipStationLabelLayout
    /// Labels that carriers do not take and nobody pays for.
    public var testLabels: Bool
    /// Requests that leak out of the account's bucket each second, and what it holds.
    public var callsPerSecond: Double
    public var callsBurst: Double
    /// Calls in a row that find no working server before calls are held back.
    public var failuresMax: Int
    /// Tries of one command before it is given up on; nil for the platform's own number.
    public var attemptsMax: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case baseURL = "base_url"
        case apiKey = "api_key"
        case webhookTokens = "webhook_tokens"
        case returnRoutes = "return_routes"
        case defaultWeightGrams = "default_weight_grams"
        case labelLayout = "label_layout"
        case testLabels = "test_labels"
        case callsPerSecond = "calls_per_second"
        case callsBurst = "calls_burst"
        case failuresMax = "failures_max"
        case attemptsMax = "attempts_max"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        baseURL = try container.url(.baseURL, default: "https://api.shipstation.com/v2")
        apiKey = try container.required(.apiKey)
        webhookTokens = try container.requiredList(.webhookTokens)
        returnRoutes = try ShipStationReturnRoute.routes(in: container, .returnRoutes)
        defaultWeightGrams = try container.positive(.defaultWeightGrams)
        labelLayout = try Self.layout(container)
        testLabels = try container.optionalFlag(.testLabels) ?? false
        // LIMIT: 200 calls a minute for an account.
        callsPerSecond = try container.positiveAmount(.callsPerSecond) ?? 3
        callsBurst = try container.positiveAmount(.callsBurst) ?? 20
        failuresMax = try container.positive(.failuresMax) ?? GateLimits.failuresMaxDefault
        attemptsMax = try container.positive(.attemptsMax)
    }

    private static func layout(_ container: KeyedDecodingContainer<CodingKeys>) throws -> ShipStationLabelLayout {
        guard let text = try container.optional(.labelLayout) else { return .fourBySix }
        guard let layout = ShipStationLabelLayout(rawValue: text) else {
            let known = ShipStationLabelLayout.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingProblem(key: CodingKeys.labelLayout.rawValue, text: "must be one of \(known)")
        }
        return layout
    }
}

extension ShipStationSettings {
    var lane: GateLane {
        let rate = GateLimits.Rate(perSecond: callsPerSecond, burst: callsBurst)
        return GateLane("shipstation", GateLimits(rate: rate.withMargin, failuresMax: failuresMax))
    }
}

/// The paper of a label.
public enum ShipStationLabelLayout: String, Sendable, Codable, CaseIterable {
    case fourBySix = "4x6"
    case letter
    case a4 = "A4"
    case a6 = "A6"
}
