import Commerce
import Foundation
import HTTPTransport

/// Gives access tokens, and renews them in good time.
struct QuickBooksAuthority: Sendable {
    private struct Answer: Decodable {
        let accessToken: String
        let refreshToken: String
        let seconds: Int

        private enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case refreshToken = "refresh_token"
            case seconds = "expires_in"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            accessToken = try container.decode(String.self, forKey: .accessToken)
            refreshToken = try container.decode(String.self, forKey: .refreshToken)
            seconds = try container.wholeNumber(.seconds) ?? 3600
        }
    }

    // LIMIT: longer than a request may take on its way, so that no token expires under it.
    private static let margin: TimeInterval = 120

    private let settings: QuickBooksSettings
    private let store: any QuickBooksTokenStore
    private let link: ProviderLink
    private let clock: any WallClock

    init(
        settings: QuickBooksSettings, store: any QuickBooksTokenStore, http: any HTTPClient, gate: any ProviderGate,
        clock: any WallClock
    ) {
        self.settings = settings
        self.store = store
        self.clock = clock
        link = ProviderLink(http: http, gate: gate, lane: settings.oauthLane, words: Self.words)
    }

    func tokens() async throws(ProviderFailure) -> QuickBooksTokens {
        let kept: QuickBooksTokens?
        do {
            kept = try await store.tokens(ofRealm: settings.realmID)
        } catch {
            throw Self.failure(error)
        }
        guard let kept, clock.now.addingTimeInterval(Self.margin) < kept.expiresAt else {
            return try await renew(replacing: kept)
        }
        return kept
    }

    /// New tokens, or those that another caller got instead of the stale ones meanwhile.
    func renew(replacing stale: QuickBooksTokens?) async throws(ProviderFailure) -> QuickBooksTokens {
        do {
            return try await store.renew(realm: settings.realmID, replacing: stale) { refreshToken in
                try await request(refreshToken ?? settings.refreshToken)
            }
        } catch {
            throw Self.failure(error)
        }
    }

    private func request(_ refreshToken: String) async throws(ProviderFailure) -> QuickBooksTokens {
        let credentials = Data("\(settings.clientID):\(settings.clientSecret)".utf8).base64EncodedString()
        let form = PercentEncoding.query([("grant_type", "refresh_token"), ("refresh_token", refreshToken)]).dropFirst()
        let request = HTTPRequest(
            method: "POST", url: settings.oauthURL,
            headers: [
                ("Authorization", "Basic \(credentials)"), ("Accept", "application/json"),
                ("Content-Type", "application/x-www-form-urlencoded"),
            ],
            body: Array(form.utf8))
        do {
            // WHY: Intuit takes a refresh token again until its successor is used, so a lost answer loses nothing.
            let answer = try await link.send(request, .read, as: Answer.self)
            return QuickBooksTokens(
                accessToken: answer.accessToken, refreshToken: answer.refreshToken,
                expiresAt: clock.now.addingTimeInterval(TimeInterval(answer.seconds)))
        } catch {
            guard case .refused("invalid_grant", _) = error else { throw error }
            throw .unauthorized(message: "QuickBooks takes the refresh token no longer: connect the company again.")
        }
    }

    private static func words(_ response: HTTPResponse) -> ProviderWords {
        guard let body = try? ProviderJSON.decode(JSONValue.self, from: response.body),
            let code = body["error"]?.text
        else { return ProviderWords(status: response.status) }
        return ProviderWords(code: code, message: body["error_description"]?.text ?? code)
    }

    private static func failure(_ error: any Error) -> ProviderFailure {
        error as? ProviderFailure
            ?? .transient(code: "token_store", message: "The tokens could not be read or kept.", retryAfter: nil)
    }
}
