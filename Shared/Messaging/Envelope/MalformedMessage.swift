/// A message that can never be processed: it goes straight to the dead letters.
public struct MalformedMessage: Error, CustomStringConvertible {
    /// May quote the message; escaped and bounded.
    public let description: String

    public init(_ description: String) {
        self.description = description.printable()
    }

    /// - Parameter field: where in the message the decoded value lies.
    init(decodingError error: any Error, in field: String) {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            self.init("'\(Self.path(field, context.codingPath + [key]))' is missing")
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            self.init("'\(Self.path(field, context.codingPath))': \(context.debugDescription)")
        default:
            self.init("cannot be read: \(error)")
        }
    }

    private static func path(_ field: String, _ keys: [any CodingKey]) -> String {
        ([field] + keys.map { $0.intValue.map(String.init) ?? $0.stringValue }).joined(separator: ".")
    }
}
