/// How to reach one Stripe account.
public struct StripeSettings: ProviderSettings {
    public static let provider = "stripe"
    public static let secretKeys: Set<String> = ["secret_key", "webhook_secrets"]
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    /// Stands for `https://api.stripe.com/v1`.
    public var baseURL: String
    /// `sk_…` or `rk_…`.
    public var secretKey: String
    /// Pinned, so that Stripe's answers keep their form.
    public var apiVersion: String
    /// The connected account to act for, `acct_…`; nil for the key's own.
    public var account: String?
    /// The endpoint's secrets, `whsec_…` and all: two while one is replaced.
    public var webhookSecrets: [String]
    /// How old a webhook's signature may be.
    public var webhookToleranceSeconds: Int
    /// Names of gateways at the shop whose payments are this account's: the shop only records a refund of them, and Stripe
    /// gives the money back. Empty where the shop's own payments are all there are.
    public var refundGateways: [String]
    /// Requests that leak out of the account's bucket each second, and what it holds.
    public var callsPerSecond: Double
    public var callsBurst: Double
    /// Calls in a row that find no working server before calls are held back.
    public var failuresMax: Int
    /// Tries of one command before it is given up on; nil for the platform's own number.
    public var attemptsMax: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case account
        case baseURL = "base_url"
        case secretKey = "secret_key"
        case apiVersion = "api_version"
        case webhookSecrets = "webhook_secrets"
        case webhookToleranceSeconds = "webhook_tolerance_seconds"
        case refundGateways = "refund_gateways"
        case callsPerSecond = "calls_per_second"
        case callsBurst = "calls_burst"
        case failuresMax = "failures_max"
        case attemptsMax = "attempts_max"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        baseURL = try container.url(.baseURL, default: "https://api.stripe.com/v1")
        secretKey = try container.required(.secretKey, must: "must begin with sk_ or rk_") {
            $0.hasPrefix("sk_") || $0.hasPrefix("rk_")
        }
        apiVersion = try container.optional(.apiVersion) ?? "2026-06-24.dahlia"
        account = try container.optional(.account)
        webhookSecrets = try container.requiredList(.webhookSecrets)
        webhookToleranceSeconds = try container.positive(.webhookToleranceSeconds) ?? 300
        refundGateways = try container.optionalList(.refundGateways)
        // LIMIT: what an account in test mode is allowed; a live one has about four times as much.
        callsPerSecond = try container.positiveAmount(.callsPerSecond) ?? 25
        callsBurst = try container.positiveAmount(.callsBurst) ?? 25
        failuresMax = try container.positive(.failuresMax) ?? GateLimits.failuresMaxDefault
        attemptsMax = try container.positive(.attemptsMax)
    }
}

extension StripeSettings {
    var lane: GateLane {
        let rate = GateLimits.Rate(perSecond: callsPerSecond, burst: callsBurst)
        return GateLane("stripe", GateLimits(rate: rate.withMargin, failuresMax: failuresMax))
    }
}
