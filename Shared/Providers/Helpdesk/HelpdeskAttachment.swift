/// A file that travels with a message.
public struct HelpdeskAttachment: Sendable, Equatable {
    /// Without a path, e.g. `label.pdf`.
    public var name: String
    /// E.g. `application/pdf`.
    public var contentType: String
    public var bytes: [UInt8]

    public init(name: String, contentType: String, bytes: [UInt8]) {
        // WHY: a name from outside must not end a header or a parameter of the upload.
        self.name = String(name.map { Self.unsafe.contains($0) || $0.isNewline ? "_" : $0 })
        self.contentType = String(contentType.filter { $0.isASCII && !$0.isWhitespace && $0 != ";" && $0 != "\"" })
        self.bytes = bytes
    }

    private static let unsafe: Set<Character> = ["\"", "\\", "/", ";", "\0"]
}
