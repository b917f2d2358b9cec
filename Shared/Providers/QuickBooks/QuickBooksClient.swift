import Commerce
import Foundation
import HTTPTransport

/// The books of one company at QuickBooks Online: refund receipts, credit memos, customers.
///
/// *Guarantees*: a fault inside an answer of status 200 is a failure; each call sends at most one write; renewed tokens
/// are in the store before they are used. *Not guaranteed*: Intuit replays the answer of a request id also when what it
/// made was deleted since; `post` reads what it made.
public struct QuickBooksClient: Sendable {
    // LIMIT: Intuit gives a request two minutes; most end in two seconds.
    private static let timeout: Duration = .seconds(120)

    let settings: QuickBooksSettings
    private let link: ProviderLink
    private let authority: QuickBooksAuthority

    /// - Parameter clock: real time, never the adjustable clock: tokens expire by Intuit's.
    public init(
        settings: QuickBooksSettings, tokens: any QuickBooksTokenStore, http: any HTTPClient, gate: any ProviderGate,
        clock: any WallClock = SystemClock()
    ) {
        self.settings = settings
        link = ProviderLink(
            http: http, gate: gate, lane: settings.lane, words: QuickBooksErrorWords.read,
            exception: QuickBooksErrorWords.exception)
        authority = QuickBooksAuthority(settings: settings, store: tokens, http: http, gate: gate, clock: clock)
    }

    func get<Answer: Decodable>(
        _ path: String, query: [(String, String)] = [], as type: Answer.Type = Answer.self
    ) async throws(ProviderFailure) -> Answer {
        try await send("GET", path, query, nil, .read, as: type)
    }

    func post<Answer: Decodable>(
        _ path: String, query: [(String, String)] = [], _ body: JSONValue, as type: Answer.Type = Answer.self
    ) async throws(ProviderFailure) -> Answer {
        try await send("POST", path, query, try ProviderJSON.encode(body), .write, as: type)
    }

    /// Sends with the newest access token; once more, with a renewed one, when Intuit takes it no longer.
    private func send<Answer: Decodable>(
        _ method: String, _ path: String, _ query: [(String, String)], _ body: [UInt8]?, _ effect: ProviderEffect,
        as type: Answer.Type
    ) async throws(ProviderFailure) -> Answer {
        let tokens = try await authority.tokens()
        do {
            return try await link.send(request(method, path, query, body, tokens), effect, as: type)
        } catch {
            // WHY: refused at the door, nothing was carried out.
            guard case .unauthorized = error else { throw error }
            let renewed = try await authority.renew(replacing: tokens)
            return try await link.send(request(method, path, query, body, renewed), effect, as: type)
        }
    }

    private func request(
        _ method: String, _ path: String, _ query: [(String, String)], _ body: [UInt8]?, _ tokens: QuickBooksTokens
    ) -> HTTPRequest {
        let all = query + [("minorversion", "\(settings.minorVersion)")]
        let url = "\(settings.baseURL)/v3/company/\(settings.realmID)/\(path)\(PercentEncoding.query(all))"
        var headers = [("Authorization", "Bearer \(tokens.accessToken)"), ("Accept", "application/json")]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        return HTTPRequest(method: method, url: url, headers: headers, body: body, timeout: Self.timeout)
    }
}
