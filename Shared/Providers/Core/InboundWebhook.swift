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
        headers.first { Self.isSame($0.name, name) && !$0.value.isEmpty }?.value
    }

    /// Compares bytes: copies in lower case, of each header for each lookup, cost as much as checking the signature.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count && zip(one.utf8, other.utf8).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
