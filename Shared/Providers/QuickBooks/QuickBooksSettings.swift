/// How to reach one company's books, and where refunds stand in them.
public struct QuickBooksSettings: ProviderSettings {
    public static let provider = "quickbooks"
    public static let secretKeys: Set<String> = ["client_secret", "refresh_token", "verifier_tokens"]
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    /// Stands for `https://quickbooks.api.intuit.com`.
    public var baseURL: String
    /// Stands for `https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer`.
    public var oauthURL: String
    /// The company.
    public var realmID: String
    public var clientID: String
    public var clientSecret: String
    /// The one to begin with: every renewal gives another, which the token store keeps.
    public var refreshToken: String
    /// What notifications are signed with: two while one is replaced.
    public var verifierTokens: [String]
    public var minorVersion: Int
    /// Id of the bank account that refunds leave.
    public var depositAccountID: String
    /// Id of the item that lines without one of their own are booked on.
    public var refundItemID: String
    /// Id of the customer for people whom the books do not know; nil when there is none.
    public var defaultCustomerID: String?
    public var paymentMethodID: String?
    /// `TAX` or `NON` in the US, an id elsewhere.
    public var taxCodeID: String?
    /// Requests that leak out of the company's bucket each second, and what it holds.
    public var callsPerSecond: Double
    public var callsBurst: Double
    /// Calls at once.
    public var concurrency: Int
    /// Calls in a row that find no working server before calls are held back.
    public var failuresMax: Int
    /// Tries of one command before it is given up on; nil for the platform's own number.
    public var attemptsMax: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case concurrency
        case baseURL = "base_url"
        case oauthURL = "oauth_url"
        case realmID = "realm_id"
        case clientID = "client_id"
        case clientSecret = "client_secret"
        case refreshToken = "refresh_token"
        case verifierTokens = "verifier_tokens"
        case minorVersion = "minor_version"
        case depositAccountID = "deposit_account_id"
        case refundItemID = "refund_item_id"
        case defaultCustomerID = "default_customer_id"
        case paymentMethodID = "payment_method_id"
        case taxCodeID = "tax_code_id"
        case callsPerSecond = "calls_per_second"
        case callsBurst = "calls_burst"
        case failuresMax = "failures_max"
        case attemptsMax = "attempts_max"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        baseURL = try container.url(.baseURL, default: "https://quickbooks.api.intuit.com")
        oauthURL = try container.url(
            .oauthURL, default: "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer")
        realmID = try container.required(.realmID, must: "must be a number") { text in
            text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        clientID = try container.required(.clientID, must: "must not hold a colon") { !$0.contains(":") }
        clientSecret = try container.required(.clientSecret)
        refreshToken = try container.required(.refreshToken)
        verifierTokens = try container.requiredList(.verifierTokens)
        minorVersion = try container.positive(.minorVersion) ?? 75
        depositAccountID = try container.required(.depositAccountID)
        refundItemID = try container.required(.refundItemID)
        defaultCustomerID = try container.optional(.defaultCustomerID)
        paymentMethodID = try container.optional(.paymentMethodID)
        taxCodeID = try container.optional(.taxCodeID)
        // LIMIT: 500 calls a minute and 10 a second for a company.
        callsPerSecond = try container.positiveAmount(.callsPerSecond) ?? 8
        callsBurst = try container.positiveAmount(.callsBurst) ?? 10
        concurrency = try container.positive(.concurrency) ?? 10
        failuresMax = try container.positive(.failuresMax) ?? GateLimits.failuresMaxDefault
        attemptsMax = try container.positive(.attemptsMax)
    }
}
