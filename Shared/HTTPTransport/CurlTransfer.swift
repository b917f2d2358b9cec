import CCurl

/// One easy handle with what it has received. Confined to the client's thread.
final class CurlTransfer {
    let id: CurlExchangeID
    let easy: UnsafeMutableRawPointer
    let plan: CurlRequestPlan
    let limits: HTTPLimits
    private let continuation: CheckedContinuation<HTTPResponse, any Error>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private(set) var received = CurlReceived()

    init(_ submission: CurlSubmission, limits: HTTPLimits) {
        guard let easy = curl_easy_init() else { preconditionFailure("libcurl has no memory for a handle") }
        id = submission.id
        self.easy = easy
        self.limits = limits
        plan = submission.plan
        continuation = submission.continuation
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
    }

    /// Keeps the list alive as long as the handle: libcurl does not copy it.
    func setHeaders(_ lines: [String]) -> CURLcode {
        for line in lines { headerList = curl_slist_append(headerList, line) }
        return ccurl_set_list(easy, CURLOPT_HTTPHEADER, headerList)
    }

    /// Takes a part of the body; false when the answer becomes too large.
    func receive(body bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        received.append(body: bytes, limit: limits.responseBytes)
    }

    /// Takes a header line; false when the headers become too large.
    func receive(headerLine bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        received.append(headerLine: bytes, limit: limits.responseHeaderBytes)
    }

    /// Whether the request may go out on the connection that is now ready.
    ///
    /// libcurl resends by itself when a reused connection ends without an answer. The server may have acted by then, so
    /// a second sending is allowed for safe methods alone, or while nothing had been sent.
    var maySend: Bool { plan.isSafe || !wasSent }

    /// Whether a byte of the request, over all attempts of libcurl, was handed to a connection.
    var wasSent: Bool {
        var bytes = 0
        return ccurl_get_long(easy, CURLINFO_REQUEST_SIZE, &bytes) == CURLE_OK && bytes > 0
    }

    func finish(_ result: CURLcode) {
        guard result == CURLE_OK else { return finish(throwing: failure(result)) }
        var status = 0
        _ = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        continuation.resume(
            returning: HTTPResponse(status: status, headers: received.headers, body: received.body))
    }

    func finish(throwing error: HTTPTransportError) {
        continuation.resume(throwing: error)
    }
}
