/// An order has a shape that cannot be read; names the field, holds no value.
public struct ShopifyPayloadError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Dotted, e.g. `line_items.0.id`; empty for something that is no JSON object.
    public let field: String

    public var description: String {
        field.isEmpty ? "the order is not a JSON object" : "the order's \(field) cannot be read"
    }

    init(_ error: any Error) {
        switch error {
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            field = Self.path(context.codingPath)
        case DecodingError.keyNotFound(let key, let context):
            field = Self.path(context.codingPath + [key])
        default:
            field = ""
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
