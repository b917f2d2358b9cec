/// One HTTP answer, whole, of any status.
public struct HTTPResponse: Sendable {
    public typealias Header = (name: String, value: String)

    public var status: Int
    /// In the order they came; a repeated name appears repeatedly.
    public var headers: [Header]
    /// Decompressed.
    public var body: [UInt8]

    public init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header, by its name in any case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.equalsIgnoringCase(name) }?.value
    }

    public var isSuccess: Bool { (200...299).contains(status) }
}
