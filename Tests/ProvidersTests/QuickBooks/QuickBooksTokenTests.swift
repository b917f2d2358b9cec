import Commerce
import Foundation
import HTTPTransport
import Testing

@testable import Providers

@Suite("Tokens of QuickBooks")
struct QuickBooksTokenTests {
    private func client(
        _ http: ScriptedHTTPClient, _ store: any QuickBooksTokenStore, _ clock: ManualClock = ManualClock(quickBooksNow)
    ) throws -> QuickBooksClient {
        QuickBooksClient(
            settings: try quickBooksSettings(), tokens: store, http: http, gate: OpenGate(), clock: clock)
    }

    private func renewed(_ number: Int) -> ScriptedHTTPClient.Step {
        .answer(
            200,
            """
            {"token_type":"bearer","expires_in":3600,"refresh_token":"refresh-\(number)",
             "x_refresh_token_expires_in":8726400,"access_token":"access-\(number)"}
            """)
    }

    private let company = ScriptedHTTPClient.Step.answer(200, #"{"CompanyInfo":{"CompanyName":"Mienne"},"time":"x"}"#)

    @Test("the first renewal begins with the settings' token, and every one keeps the next")
    func rotation() async throws {
        let store = QuickBooksMemoryTokens()
        let clock = ManualClock(quickBooksNow)
        let http = ScriptedHTTPClient(renewed(1), company, company, renewed(2), company)
        let books = try client(http, store, clock)
        #expect(try await books.companyName() == "Mienne")
        #expect(http.body(0) == "grant_type=refresh_token&refresh_token=first")
        #expect(http.requests[0].header("Authorization") == "Basic YXBwOnNlY3JldA==")
        _ = try await books.companyName()
        clock.advance(by: .seconds(3500))
        _ = try await books.companyName()
        #expect(http.body(3) == "grant_type=refresh_token&refresh_token=refresh-1")
        #expect(http.requests[4].header("Authorization") == "Bearer access-2")
        #expect(await store.tokens(ofRealm: "4620816365")?.refreshToken == "refresh-2")
    }

    @Test("a token that Intuit takes no longer is renewed once, and the call sent again")
    func revoked() async throws {
        let unauthorized = quickBooksFault(401, "3200", type: "AUTHENTICATION")
        let http = ScriptedHTTPClient(unauthorized, renewed(1), company)
        #expect(try await quickBooks(http).companyName() == "Mienne")
        #expect(http.requests[2].header("Authorization") == "Bearer access-1")
        let still = ScriptedHTTPClient(unauthorized, renewed(1), unauthorized)
        #expect(try await failure { try await quickBooks(still).companyName() } == .unauthorized(message: "words"))
    }

    @Test("a refresh token that is dead needs a person; a lost answer does not")
    func failures() async throws {
        let dead = ScriptedHTTPClient(.answer(400, #"{"error":"invalid_grant","error_description":"Incorrect"}"#))
        guard
            case .unauthorized = try await failure({ try await client(dead, QuickBooksMemoryTokens()).companyName() })
        else { throw NothingFailed() }
        let store = QuickBooksMemoryTokens()
        let lost = ScriptedHTTPClient(.fail(.connectionLost, wasSent: true), renewed(1), company)
        let again = try client(lost, store)
        guard case .transient = try await failure({ try await again.companyName() }) else { throw NothingFailed() }
        #expect(try await again.companyName() == "Mienne")
        #expect(lost.body(1) == "grant_type=refresh_token&refresh_token=first")
    }

    @Test("callers that find the tokens stale together renew them once")
    func together() async throws {
        let store = QuickBooksMemoryTokens()
        let counter = Counter()
        let all = try await withThrowingTaskGroup(of: QuickBooksTokens.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await store.renew(realm: "1", replacing: nil) { _ in
                        let number = await counter.next()
                        await Task.yield()
                        return QuickBooksTokens(
                            accessToken: "access-\(number)", refreshToken: "r", expiresAt: quickBooksNow)
                    }
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1.accessToken) }
        }
        #expect(all == ["access-1"])
    }

    @Test("tokens show nothing of themselves")
    func redacted() {
        let tokens = QuickBooksTokens(accessToken: "a", refreshToken: "b", expiresAt: quickBooksNow)
        #expect("\(tokens)" == "quickbooks tokens (redacted)")
    }
}

private actor Counter {
    private var count = 0

    func next() -> Int {
        count += 1
        return count
    }
}
