import HTTPTransport

/// What an answer says about the account's limits.
public struct GateReading: Sendable, Equatable {
    /// What the provider's bucket still takes.
    public var tokensLeft: Double?
    /// The call was turned away because of a limit.
    public var isLimited = false
    /// The provider asks for silence.
    public var retryAfter: Duration?

    public init(tokensLeft: Double? = nil, isLimited: Bool = false, retryAfter: Duration? = nil) {
        self.tokensLeft = tokensLeft
        self.isLimited = isLimited
        self.retryAfter = retryAfter
    }

    /// Of a provider without words of its own: status 429 and `Retry-After`.
    public init(usual response: HTTPResponse) {
        isLimited = response.status == 429
        retryAfter =
            isLimited || response.status == 503 ? RetryAfter.duration(response.header("retry-after")) : nil
    }
}
