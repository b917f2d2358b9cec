import Foundation

/// A JSON value kept as it was written: payloads that pass through without being understood.
public struct RawJSON: Sendable, Hashable {
    public var bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    public init(text: String) {
        bytes = Array(text.utf8)
    }

    /// - Throws: `EncodingError` where the value has no JSON form.
    public init(encoding value: some Encodable) throws {
        bytes = Array(try WireJSON.sharedEncoder.encode(value))
    }

    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try WireJSON.sharedDecoder.decode(type, from: Data(bytes))
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public static let emptyObject = RawJSON(text: "{}")
}

/// How messages are written: sorted keys (equal values have equal bytes), RFC 3339 times in UTC with milliseconds.
public enum WireJSON {
    /// Safe to share: a coder that is not changed any more may be used by any number of tasks at once.
    static let sharedEncoder = encoder()
    static let sharedDecoder = decoder()

    public static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(text(date))
        }
        return encoder
    }

    public static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            guard let date = date(text) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not an RFC 3339 time"))
            }
            return date
        }
        return decoder
    }

    /// Reads an RFC 3339 time with or without a fraction of a second, and what else ISO 8601 allows of it.
    public static func date(_ text: String) -> Date? {
        RFC3339.date(text) ?? (try? milliseconds.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
    }

    public static func text(_ date: Date) -> String { RFC3339.text(date) ?? date.formatted(milliseconds) }

    private static let milliseconds = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
