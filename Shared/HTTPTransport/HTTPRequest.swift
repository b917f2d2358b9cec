/// One HTTP request, whole: nothing is streamed.
public struct HTTPRequest: Sendable {
    public typealias Header = (name: String, value: String)

    public var method: String
    /// Sent as it is written: nothing is normalised, so that a signature over it stays valid.
    public var url: String
    public var headers: [Header]
    /// Nil sends no body; an empty body sends `Content-Length: 0`.
    public var body: [UInt8]?
    /// From the call of `send` to the last byte of the answer.
    public var timeout: Duration
    /// Where to connect whatever the URL's host resolves to: an IPv4 or IPv6 address in its canonical text. The URL's
    /// name stays what TLS and the `Host` header go by. Nil asks the name servers.
    public var connectAddress: String?
    /// Whether an answer beyond the client's limit is cut there instead of failing; what comes after is not read.
    public var cutsLongAnswer = false

    public init(
        method: String, url: String, headers: [Header] = [], body: [UInt8]? = nil, timeout: Duration = .seconds(30)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

extension HTTPRequest {
    /// The first value of a header, by its name in any case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.equalsIgnoringCase(name) }?.value
    }

    /// Methods that change nothing at the server (RFC 9110, 9.2.1): sending them twice is harmless.
    var isSafe: Bool {
        method == "GET" || method == "HEAD" || method == "OPTIONS"
    }
}
