import CCurl

/// One easy handle with what it has received. Confined to the client's thread.
final class CurlTransfer {
    let id: CurlExchangeID
    let easy: UnsafeMutableRawPointer
    let plan: CurlRequestPlan
    let limits: HTTPLimits
    private let continuation: CheckedContinuation<HTTPResponse, any Error>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var connectList: UnsafeMutablePointer<curl_slist>?
    private(set) var received = CurlReceived()
    /// Of a mail.
    var recipientList: UnsafeMutablePointer<curl_slist>?
    var sentCount = 0
    var isEndSent = false

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
        curl_slist_free_all(connectList)
        curl_slist_free_all(recipientList)
    }

    /// Keeps the list alive as long as the handle: libcurl does not copy it.
    func setHeaders(_ lines: [String]) -> CURLcode {
        for line in lines { headerList = curl_slist_append(headerList, line) }
        return ccurl_set_list(easy, CURLOPT_HTTPHEADER, headerList)
    }

    /// Has every name and port lead to the address of the plan, where it has one.
    func setConnectAddress() -> CURLcode {
        guard let address = plan.connectAddress else { return CURLE_OK }
        connectList = curl_slist_append(nil, address.contains(":") ? "::[\(address)]:" : "::\(address):")
        return ccurl_set_list(easy, CURLOPT_CONNECT_TO, connectList)
    }

    /// Takes a part of the body; false when the answer becomes too large.
    func receive(body bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        received.append(body: bytes, limit: limits.responseBytes, cuts: plan.cutsLongAnswer)
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

    /// Whether the connection is to where the plan wants it.
    func isConnected(to remoteAddress: UnsafePointer<CChar>?) -> Bool {
        guard let wanted = plan.connectAddress else { return true }
        guard let remoteAddress else { return false }
        return NumericAddress.areSame(wanted, String(cString: remoteAddress))
    }

    /// Whether a byte of the request, over all attempts of libcurl, was handed to a connection; of a mail, whether its
    /// end was.
    var wasSent: Bool {
        if plan.mail != nil { return isEndSent }
        var bytes = 0
        return ccurl_get_long(easy, CURLINFO_REQUEST_SIZE, &bytes) == CURLE_OK && bytes > 0
    }

    func finish(_ result: CURLcode) {
        var status = 0
        _ = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        if isRefusalOfService(result, status) {
            return finish(
                throwing: HTTPTransportError(code: .noService, message: received.lastLine, wasSent: false))
        }
        // Of a mail, the last reply was a refusal: that is an answer, whatever libcurl calls it.
        let isRefusal = plan.mail != nil && status >= 400
        if plan.mail != nil, result == CURLE_LOGIN_DENIED, !(400...499).contains(status) {
            return finish(loginDeniedAfter: status)
        }
        guard result == CURLE_OK || received.isCut || isRefusal else { return finish(throwing: failure(result)) }
        let body = plan.mail == nil ? received.body : Array(received.lastLine.utf8)
        continuation.resume(returning: HTTPResponse(status: status, headers: received.headers, body: body))
    }

    /// A mail server takes none of our ways to log in, whatever it said last: that is a refusal of the login (535).
    private func finish(loginDeniedAfter status: Int) {
        let words = status >= 500 ? received.lastLine : "535 The server offers no way to log in that is known here."
        continuation.resume(returning: HTTPResponse(status: 535, body: Array(words.utf8)))
    }

    func finish(throwing error: HTTPTransportError) {
        continuation.resume(throwing: error)
    }
}
