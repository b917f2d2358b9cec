import Foundation

/// A moment as a provider or a person wrote it: kept as it came, read as RFC 3339 where it can be.
public struct Timestamp: Hashable, Sendable {
    /// The text as it came.
    public let text: String

    public init(text: String) {
        self.text = text
    }

    /// Writes the moment in UTC with milliseconds, e.g. `2026-03-05T17:00:00.000Z`.
    public init(_ date: Date) {
        text = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// The moment, or nil when the text is not RFC 3339.
    public var date: Date? {
        let whole = Date.ISO8601FormatStyle()
        return (try? whole.parse(text)) ?? (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
    }
}

extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
