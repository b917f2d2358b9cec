import Foundation

/// The keys to a company's books: one for an hour, one to renew both. Prints nothing of them.
public struct QuickBooksTokens: Codable, Sendable, Equatable, CustomStringConvertible {
    public let accessToken: String
    /// Good for the next renewal, which gives another.
    public let refreshToken: String
    /// In real time.
    public let expiresAt: Date

    public init(accessToken: String, refreshToken: String, expiresAt: Date) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiresAt = expiresAt
    }

    public var description: String { "quickbooks tokens (redacted)" }
}

/// Keeps a company's newest tokens. A renewal that is lost ends the connection for good, so what it gives is kept
/// before anybody uses it.
public protocol QuickBooksTokenStore: Sendable {
    /// The newest tokens; nil before the first renewal.
    func tokens(ofRealm realmID: String) async throws -> QuickBooksTokens?

    /// Renews the tokens, one caller at a time for a company, whatever process it is in.
    ///
    /// *Guarantees*: when the kept tokens are no longer the stale ones, somebody else has renewed them: they are
    /// returned and `renewal` is not called. What `renewal` gives is kept before it is returned.
    /// - Parameters:
    ///   - stale: what the caller found to be of no use; nil when it found none.
    ///   - renewal: asks Intuit, with the kept refresh token; nil before the first renewal.
    func renew(
        realm realmID: String, replacing stale: QuickBooksTokens?,
        _ renewal: @Sendable (_ refreshToken: String?) async throws -> QuickBooksTokens
    ) async throws -> QuickBooksTokens
}

/// Keeps tokens for as long as the process lives: for one that is alone with a company, such as a test.
public actor QuickBooksMemoryTokens: QuickBooksTokenStore {
    private var kept: [String: QuickBooksTokens] = [:]
    private var isRenewing = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    public init() {}

    public func tokens(ofRealm realmID: String) -> QuickBooksTokens? { kept[realmID] }

    public func renew(
        realm realmID: String, replacing stale: QuickBooksTokens?,
        _ renewal: @Sendable (_ refreshToken: String?) async throws -> QuickBooksTokens
    ) async throws -> QuickBooksTokens {
        await enter()
        defer { leave() }
        if let newest = kept[realmID], newest != stale { return newest }
        let renewed = try await renewal(kept[realmID]?.refreshToken)
        kept[realmID] = renewed
        return renewed
    }

    private func enter() async {
        guard isRenewing else {
            isRenewing = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// The next one enters in our place.
    private func leave() {
        guard !waiting.isEmpty else {
            isRenewing = false
            return
        }
        waiting.removeFirst().resume()
    }
}
