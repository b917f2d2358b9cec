import Commerce
import HTTPTransport
import Logging

/// The Admin API of one shop: REST for orders and fulfilments, GraphQL for tags and refunds.
///
/// *Guarantees*: each call sends at most one write, and says by `ProviderFailure` whether it may have been applied.
/// *Not guaranteed*: REST writes have no idempotency key; before repeating one, probe with the matching read.
public struct ShopifyClient: Sendable {
    let settings: ShopifySettings
    let link: ProviderLink
    let graphQLLink: ProviderLink
    private let notices: ShopifyVersionNotices

    public init(
        settings: ShopifySettings, http: any HTTPClient, gate: any ProviderGate,
        logger: Logger = Logger(label: "providers.shopify")
    ) {
        self.settings = settings
        link = ProviderLink(http: http, gate: gate, lane: settings.restLane, words: ShopifyErrorWords.read)
        graphQLLink = ProviderLink(http: http, gate: gate, lane: settings.graphQLLane, words: ShopifyErrorWords.read)
        notices = ShopifyVersionNotices(logger: logger)
    }

    /// A REST request; the path begins after the version.
    func rest(_ method: String, _ path: String, query: [(String, String)] = [], body: [UInt8]? = nil) -> HTTPRequest {
        let url = "\(settings.baseURL)/admin/api/\(settings.restVersion)/\(path)\(PercentEncoding.query(query))"
        return request(method, url: url, body: body)
    }

    func request(_ method: String, url: String, body: [UInt8]? = nil) -> HTTPRequest {
        var headers = [("X-Shopify-Access-Token", settings.accessToken), ("Accept", "application/json")]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        return HTTPRequest(method: method, url: url, headers: headers, body: body)
    }

    func send(_ request: HTTPRequest, _ effect: ProviderEffect) async throws(ProviderFailure) -> HTTPResponse {
        let response = try await link.send(request, effect)
        notices.note(response, requested: settings.restVersion)
        return response
    }

    func send<Answer: Decodable>(
        _ request: HTTPRequest, _ effect: ProviderEffect, as type: Answer.Type
    ) async throws(ProviderFailure) -> Answer {
        let response = try await send(request, effect)
        guard let answer = try? ProviderJSON.decode(type, from: response.body) else { throw .malformedAnswer(effect) }
        return answer
    }
}
