/// A request checked and worded for libcurl. Made on the caller's task, so that a bad one never reaches the thread.
struct CurlRequestPlan: Sendable {
    let method: String
    let url: String
    let headerLines: [String]
    let body: [UInt8]?
    let timeout: Duration
    let isSafe: Bool
    let connectAddress: String?
    let cutsLongAnswer: Bool
    /// Instead of a request.
    let mail: CurlMailPlan?

    init(_ mail: CurlMailPlan, timeout: Duration) {
        method = ""
        url = mail.url
        headerLines = []
        body = nil
        isSafe = false
        connectAddress = nil
        cutsLongAnswer = false
        self.timeout = timeout
        self.mail = mail
    }

    init(_ request: HTTPRequest, traceparent: String?) throws(HTTPTransportError) {
        guard request.url.isHeaderSafe, request.url.hasHTTPScheme else {
            throw HTTPTransportError(code: .invalidURL, message: "the URL is not http or https", wasSent: false)
        }
        guard request.method.isToken else {
            throw HTTPTransportError(code: .invalidRequest, message: "the method is not a token", wasSent: false)
        }
        method = request.method
        url = request.url
        body = request.body
        timeout = request.timeout
        isSafe = request.isSafe
        connectAddress = try request.connectAddress.map(NumericAddress.checked)
        cutsLongAnswer = request.cutsLongAnswer
        mail = nil
        headerLines = try Self.headerLines(of: request, traceparent: traceparent)
    }

    private static func headerLines(
        of request: HTTPRequest, traceparent: String?
    ) throws(HTTPTransportError) -> [String] {
        var lines: [String] = []
        for (name, value) in request.headers {
            guard name.isToken, value.isHeaderSafe else {
                throw HTTPTransportError(code: .invalidRequest, message: "a header cannot be sent", wasSent: false)
            }
            // WHY: to libcurl "Name:" removes a header and "Name;" sends it empty.
            lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        if let traceparent, traceparent.isHeaderSafe, request.header("traceparent") == nil {
            lines.append("traceparent: \(traceparent)")
        }
        return lines + suppressedLines(of: request)
    }

    /// Headers libcurl would add by itself: a round trip of its own for large bodies, and a wrong content type.
    private static func suppressedLines(of request: HTTPRequest) -> [String] {
        request.header("content-type") == nil ? ["Expect:", "Content-Type:"] : ["Expect:"]
    }
}

extension String {
    fileprivate var hasHTTPScheme: Bool {
        let scheme = prefix { $0 != ":" }.lowercased()
        return (scheme == "http" || scheme == "https") && dropFirst(scheme.count).hasPrefix("://")
    }
}
