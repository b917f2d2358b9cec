import Commerce
import HTTPTransport

/// Recharge's API of one store: subscriptions and their charges.
///
/// *Guarantees*: each call sends at most one write; what has been done already is read as success.
/// *Not guaranteed*: Recharge has no idempotency key. Writes here set a state and may be repeated; a refund of a charge
/// is guarded by what was refunded before.
public struct RechargeClient: Sendable {
    let settings: RechargeSettings
    let link: ProviderLink

    public init(settings: RechargeSettings, http: any HTTPClient, gate: any ProviderGate) {
        self.settings = settings
        link = ProviderLink(
            http: http, gate: gate, lane: settings.lane, words: RechargeErrorWords.read,
            exception: RechargeErrorWords.exception)
    }

    func get<Answer: Decodable>(
        _ path: String, query: [(String, String)] = [], as type: Answer.Type = Answer.self
    ) async throws(ProviderFailure) -> Answer {
        try await link.send(request("GET", path + PercentEncoding.query(query)), .read, as: type)
    }

    func write<Answer: Decodable>(
        _ method: String, _ path: String, _ body: some Encodable, as type: Answer.Type = Answer.self
    ) async throws(ProviderFailure) -> Answer {
        let bytes = try ProviderJSON.encode(body)
        return try await link.send(request(method, path, body: bytes), .write, as: type)
    }

    private func request(_ method: String, _ path: String, body: [UInt8]? = nil) -> HTTPRequest {
        var headers = [
            ("X-Recharge-Access-Token", settings.accessToken), ("X-Recharge-Version", settings.version),
            ("Accept", "application/json"),
        ]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        return HTTPRequest(method: method, url: "\(settings.baseURL)/\(path)", headers: headers, body: body)
    }

    /// Every page of a list.
    ///
    /// WHY: with a cursor only the cursor and the limit may be sent.
    func all<Page: RechargePage>(
        _ path: String, query: [(String, String)], as type: Page.Type
    ) async throws(ProviderFailure) -> [Page.Element] {
        var found: [Page.Element] = []
        var query = query + [("limit", "250")]
        while true {
            let page: Page = try await get(path, query: query)
            found += page.elements
            guard let cursor = page.next, !cursor.isEmpty, !page.elements.isEmpty else { return found }
            query = [("cursor", cursor), ("limit", "250")]
        }
    }
}

/// One page of a list.
protocol RechargePage: Decodable {
    associatedtype Element: Sendable
    var elements: [Element] { get }
    var next: String? { get }
}
