import Foundation

/// Checks the signature of each request and that no nonce is used twice.
struct OAuthVerifier: Sendable {
    // The provider's own limit is not published; five minutes is what its callers observe.
    private static let skewSeconds = 300.0

    private let settings: NetSuiteSettings
    private var nonces: [String: Double] = [:]
    private var prunedAt = 0.0

    init(_ settings: NetSuiteSettings) { self.settings = settings }

    /// Whether the request may pass. The nonce of a valid request is used up.
    mutating func admit(_ request: SimulatedRequest) -> Bool {
        guard let header = OAuthHeader(request.header("authorization")), claimsFit(header),
            let nonce = header["oauth_nonce"], !nonce.isEmpty,
            let timestamp = header["oauth_timestamp"].flatMap(Double.init)
        else { return false }
        let now = request.now.timeIntervalSince1970
        guard abs(now - timestamp) <= Self.skewSeconds, nonces[nonce] == nil else { return false }
        guard header["oauth_signature"] == expected(header, request) else { return false }
        prune(now)
        nonces[nonce] = timestamp
        return true
    }

    private func claimsFit(_ header: OAuthHeader) -> Bool {
        header["realm"] == settings.account && header["oauth_consumer_key"] == settings.consumerKey
            && header["oauth_token"] == settings.tokenID && header["oauth_signature_method"] == "HMAC-SHA256"
            && header["oauth_version"] == "1.0"
    }

    private func expected(_ header: OAuthHeader, _ request: SimulatedRequest) -> String {
        OAuthSignature(
            method: request.method, url: request.origin + request.fullPath,
            parameters: request.query + header.signedParameters
        ).signature(consumerSecret: settings.consumerSecret, tokenSecret: settings.tokenSecret)
    }

    /// Forgets nonces whose timestamp would be refused anyway.
    private mutating func prune(_ now: Double) {
        guard now - prunedAt > Self.skewSeconds else { return }
        nonces = nonces.filter { now - $0.value <= 2 * Self.skewSeconds }
        prunedAt = now
    }
}
