/// A request at the gateway, as it came.
public struct InboundWebhook: Sendable {
    public var headers: [(name: String, value: String)]
    /// The raw bytes: a signature covers exactly these.
    public var body: [UInt8]

    public init(headers: [(name: String, value: String)], body: [UInt8]) {
        self.headers = headers
        self.body = body
    }

    /// The first non-empty value of a header, by its name in any case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() && !$0.value.isEmpty }?.value
    }
}
