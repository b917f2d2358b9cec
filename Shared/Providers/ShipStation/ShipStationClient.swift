import Commerce
import HTTPTransport

/// ShipStation's API v2 of one account: labels, their documents, rates, tracking.
///
/// *Guarantees*: each call sends at most one write; a refusal inside an answer of status 200 is a failure.
/// *Not guaranteed*: ShipStation has no idempotency key. A label is found again by its external id, which is unique in
/// the account; `buy` looks for it first.
public struct ShipStationClient: Sendable {
    // LIMIT: carriers answer through ShipStation, some of them slowly; its own advice is to allow a minute.
    private static let timeout: Duration = .seconds(60)

    let settings: ShipStationSettings
    let link: ProviderLink

    public init(settings: ShipStationSettings, http: any HTTPClient, gate: any ProviderGate) {
        self.settings = settings
        link = ProviderLink(
            http: http, gate: gate, lane: settings.lane, words: ShipStationErrorWords.read,
            exception: ShipStationErrorWords.exception)
    }

    func request(
        _ method: String, _ path: String, query: [(String, String)] = [], body: [UInt8]? = nil
    ) -> HTTPRequest {
        let url = "\(settings.baseURL)/\(path)\(PercentEncoding.query(query))"
        var headers = [("API-Key", settings.apiKey), ("Accept", "application/json")]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        return HTTPRequest(method: method, url: url, headers: headers, body: body, timeout: Self.timeout)
    }

    func get<Answer: Decodable>(
        _ path: String, query: [(String, String)] = [], as type: Answer.Type = Answer.self
    ) async throws(ProviderFailure) -> Answer {
        try await link.send(request("GET", path, query: query), .read, as: type)
    }

    /// Nil when ShipStation has no such thing.
    func find<Answer: Decodable>(
        _ path: String, as type: Answer.Type = Answer.self
    ) async throws(ProviderFailure) -> Answer? {
        do {
            return try await get(path, as: type)
        } catch {
            guard case .refused(let code, _) = error, code == "not_found" else { throw error }
            return nil
        }
    }
}
