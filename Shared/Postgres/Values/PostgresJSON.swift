import Foundation

/// The JSON that is stored: keys as declared, dates as ISO 8601 in UTC with milliseconds.
///
/// Not guaranteed: anything below the millisecond of a date. Reading accepts dates without a fraction too.
public enum PostgresJSON {
    public static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.addingTimeInterval(halfMillisecond).formatted(withFraction))
        }
        return encoder
    }()

    public static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = (try? withFraction.parse(text)) ?? (try? withoutFraction.parse(text)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 8601 date")
            }
            return date
        }
        return decoder
    }()

    private static let withFraction = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let withoutFraction = Date.ISO8601FormatStyle()

    /// WHY: the format style cuts digits off; half a millisecond more makes it round.
    private static let halfMillisecond = 0.0005
}
