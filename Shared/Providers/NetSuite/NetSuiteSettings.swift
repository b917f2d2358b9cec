/// How to reach one NetSuite account, and what its orders look like.
public struct NetSuiteSettings: ProviderSettings {
    public static let provider = "netsuite"
    public static let secretKeys: Set<String> = ["consumer_secret", "token_secret"]
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    /// The account id in its original form, e.g. `1234567_SB1`; the OAuth realm.
    public var account: String
    /// Stands for `https://{account}.suitetalk.api.netsuite.com`.
    public var baseURL: String
    public var consumerKey: String
    public var consumerSecret: String
    public var tokenID: String
    public var tokenSecret: String
    /// Internal id of the location that ships.
    public var locationID: String
    /// Internal id of the location that takes returns; nil where it is the one that ships.
    public var returnLocationID: String?
    /// Internal id of the customer that orders without an e-mail address are entered for; nil when there is none.
    public var defaultCustomerID: String?
    /// Internal id of the subsidiary of new customers; nil in accounts without subsidiaries.
    public var subsidiaryID: String?
    /// Whether a fulfilled order becomes a cash sale.
    public var cashSale: Bool
    /// Whether what comes back is entered by item receipts, as accounts with Advanced Receiving do; others receive with the
    /// credit memo or cash refund.
    public var itemReceipts: Bool
    public var paymentOptionID: String?
    public var shipMethodID: String?
    /// Internal id of the item that carries discounts on whole orders.
    public var discountItemID: String?
    /// What an unknown field name does: `Error`, `Warning` or `Ignore`.
    public var propertyNameValidation: String
    /// Calls at once, shared by everything that calls with the account's licence.
    public var concurrency: Int
    /// Calls in a row that find no working server before calls are held back.
    public var failuresMax: Int
    /// Tries of one command before it is given up on; nil for the platform's own number.
    public var attemptsMax: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case account
        case baseURL = "base_url"
        case consumerKey = "consumer_key"
        case consumerSecret = "consumer_secret"
        case tokenID = "token_id"
        case tokenSecret = "token_secret"
        case locationID = "location_id"
        case returnLocationID = "return_location_id"
        case defaultCustomerID = "default_customer_id"
        case subsidiaryID = "subsidiary_id"
        case cashSale = "cash_sale"
        case itemReceipts = "item_receipts"
        case paymentOptionID = "payment_option_id"
        case shipMethodID = "ship_method_id"
        case discountItemID = "discount_item_id"
        case propertyNameValidation = "property_name_validation"
        case concurrency
        case failuresMax = "failures_max"
        case attemptsMax = "attempts_max"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        account = try container.required(.account)
        baseURL = try container.url(.baseURL, default: Self.productionURL(account: account))
        consumerKey = try container.required(.consumerKey)
        consumerSecret = try container.required(.consumerSecret)
        tokenID = try container.required(.tokenID)
        tokenSecret = try container.required(.tokenSecret)
        locationID = try container.required(.locationID)
        returnLocationID = try container.optional(.returnLocationID)
        defaultCustomerID = try container.optional(.defaultCustomerID)
        subsidiaryID = try container.optional(.subsidiaryID)
        cashSale = try container.optionalFlag(.cashSale) ?? false
        itemReceipts = try container.optionalFlag(.itemReceipts) ?? true
        paymentOptionID = try container.optional(.paymentOptionID)
        shipMethodID = try container.optional(.shipMethodID)
        discountItemID = try container.optional(.discountItemID)
        concurrency = try container.positive(.concurrency) ?? Self.concurrencyDefault
        failuresMax = try container.positive(.failuresMax) ?? GateLimits.failuresMaxDefault
        attemptsMax = try container.positive(.attemptsMax)
        propertyNameValidation = try container.optional(.propertyNameValidation) ?? "Error"
        guard ["Error", "Warning", "Ignore"].contains(propertyNameValidation) else {
            throw SettingProblem(
                key: CodingKeys.propertyNameValidation.rawValue, text: "must be Error, Warning or Ignore")
        }
    }

    // LIMIT: what an account without a larger licence has.
    private static let concurrencyDefault = 5

    /// The host has the account id in lower case and with hyphens.
    private static func productionURL(account: String) -> String {
        let host = account.lowercased().map { $0 == "_" ? "-" : String($0) }.joined()
        return "https://\(host).suitetalk.api.netsuite.com"
    }
}
