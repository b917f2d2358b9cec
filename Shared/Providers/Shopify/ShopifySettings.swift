/// How to reach one shop.
public struct ShopifySettings: ProviderSettings {
    public static let provider = "shopify"
    public static let secretKeys: Set<String> = ["access_token", "webhook_secrets"]
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    /// The shop's name: `mienne` of `mienne.myshopify.com`.
    public var shop: String
    /// Stands for `https://{shop}.myshopify.com`.
    public var baseURL: String
    public var restVersion: String
    public var graphQLVersion: String
    public var accessToken: String
    /// The app's client secrets that deliveries may be signed with: two while one is replaced.
    public var webhookSecrets: [String]
    /// Fulfil only what this location ships; nil for all.
    public var locationID: ShopifyID?
    /// Where goods that come back are for sale again; nil leaves the shop's stock as it is.
    public var restockLocationID: ShopifyID?
    /// Whether the shop mails the customer when a package ships.
    public var notifyCustomer: Bool
    /// REST requests that leak out of the shop's bucket each second, and what it holds; larger plans have more.
    public var callsPerSecond: Double
    public var callsBurst: Double
    /// The same for the points of GraphQL.
    public var pointsPerSecond: Double
    public var pointsBurst: Double
    /// Calls in a row that find no working server before calls are held back.
    public var failuresMax: Int
    /// Tries of one command before it is given up on; nil for the platform's own number.
    public var attemptsMax: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case shop
        case baseURL = "base_url"
        case restVersion = "rest_version"
        case graphQLVersion = "graphql_version"
        case accessToken = "access_token"
        case webhookSecrets = "webhook_secrets"
        case locationID = "location_id"
        case restockLocationID = "restock_location_id"
        case notifyCustomer = "notify_customer"
        case callsPerSecond = "calls_per_second"
        case callsBurst = "calls_burst"
        case pointsPerSecond = "points_per_second"
        case pointsBurst = "points_burst"
        case failuresMax = "failures_max"
        case attemptsMax = "attempts_max"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.required(.shop)
        shop = name.hasSuffix(Self.domain) ? String(name.dropLast(Self.domain.count)) : name
        baseURL = try container.url(.baseURL, default: "https://\(shop)\(Self.domain)")
        restVersion = try container.optional(.restVersion) ?? "2023-01"
        graphQLVersion = try container.optional(.graphQLVersion) ?? "2024-07"
        accessToken = try container.required(.accessToken)
        webhookSecrets = try container.requiredList(.webhookSecrets)
        locationID = try container.optional(.locationID).map { ShopifyID($0) }
        restockLocationID = try container.numberedID(.restockLocationID)
        notifyCustomer = try container.optionalFlag(.notifyCustomer) ?? true
        callsPerSecond = try container.positiveAmount(.callsPerSecond) ?? 2
        callsBurst = try container.positiveAmount(.callsBurst) ?? 40
        pointsPerSecond = try container.positiveAmount(.pointsPerSecond) ?? 100
        pointsBurst = try container.positiveAmount(.pointsBurst) ?? 2000
        failuresMax = try container.positive(.failuresMax) ?? GateLimits.failuresMaxDefault
        attemptsMax = try container.positive(.attemptsMax)
    }

    static let domain = ".myshopify.com"

    /// What the shop calls itself in webhook headers.
    var shopDomain: String { shop + Self.domain }
}

extension KeyedDecodingContainer where Key == ShopifySettings.CodingKeys {
    /// The number of something in the shop, which its admin also shows as `gid://shopify/Location/24826418`; nil when it is
    /// absent or empty.
    fileprivate func numberedID(_ key: Key) throws -> ShopifyID? {
        guard let text = try optional(key) else { return nil }
        let id = ShopifyID(gid: text)
        guard !id.text.isEmpty, id.text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw SettingProblem(key: key.rawValue, text: "must be the number of a location")
        }
        return id
    }
}
