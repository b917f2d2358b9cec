import Commerce
import HTTPTransport

/// Stripe's API of one account: refunds and subscriptions.
///
/// *Guarantees*: every write carries an idempotency key, so repeating it within a day has one effect; each request
/// sends at most one write. *Not guaranteed*: after a day Stripe has forgotten the key, and a stored failure stays a
/// failure for that day; `refund` therefore looks for its refund first.
public struct StripeClient: Sendable {
    // LIMIT: a refund waits for the card network; Stripe's own libraries allow 80 s.
    private static let timeout: Duration = .seconds(80)

    private let settings: StripeSettings
    let link: ProviderLink

    public init(settings: StripeSettings, http: any HTTPClient, gate: any ProviderGate) {
        self.settings = settings
        link = ProviderLink(
            http: http, gate: gate, lane: settings.lane, words: StripeErrorWords.read,
            exception: StripeErrorWords.exception)
    }

    func get<Answer: Decodable>(
        _ path: String, query: [(String, String)] = [], as type: Answer.Type = Answer.self
    ) async throws(ProviderFailure) -> Answer {
        try await link.send(request("GET", path + PercentEncoding.query(query)), .read, as: type)
    }

    func request(_ method: String, _ path: String, _ form: StripeForm? = nil, key: String? = nil) -> HTTPRequest {
        var headers = [
            ("Authorization", "Bearer \(settings.secretKey)"), ("Accept", "application/json"),
            ("Stripe-Version", settings.apiVersion),
        ]
        if let account = settings.account { headers.append(("Stripe-Account", account)) }
        if let key { headers.append(("Idempotency-Key", key)) }
        if form != nil { headers.append(("Content-Type", "application/x-www-form-urlencoded")) }
        return HTTPRequest(
            method: method, url: "\(settings.baseURL)/\(path)", headers: headers, body: form?.bytes,
            timeout: Self.timeout)
    }

    static func path(_ collection: String, _ id: String) -> String {
        "\(collection)/\(PercentEncoding.encode(id))"
    }
}

/// One page of a list.
struct StripePage<Element: Decodable>: Decodable {
    let elements: [Element]
    let hasMore: Bool

    private enum CodingKeys: String, CodingKey {
        case elements = "data"
        case hasMore = "has_more"
    }
}
