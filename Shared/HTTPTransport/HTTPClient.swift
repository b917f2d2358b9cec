/// Sends requests. The live one is `CurlHTTPClient`; a provider client takes any.
///
/// *Guarantees*: one call sends the request at most once, unless it is a safe method (GET, HEAD, OPTIONS).
/// *Failure*: `HTTPTransportError` when no whole answer came; a status of 400 or 500 is an answer, not a failure.
/// *Cancellation*: a cancelled task abandons the exchange and throws `cancelled`.
public protocol HTTPClient: Sendable {
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
