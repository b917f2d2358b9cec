import Commerce
import Foundation

/// Moments as the warehouse reads them: US Pacific time, which does not say so.
enum DCLTime {
    private static let zone =
        TimeZone(identifier: "America/Los_Angeles") ?? TimeZone(secondsFromGMT: -8 * 3600) ?? .gmt

    /// The moment, `YYYY-MM-DDTHH:MM:SS`. Where the clock shows it a second time an hour later, the hour before is
    /// written instead: the warehouse may take the text for the later one.
    static func text(notAfter moment: Date) -> String {
        let text = text(moment)
        return text == self.text(moment + 3600) ? self.text(moment - 3600) : text
    }

    /// Reads a moment with an offset, or one without, which is the warehouse's own; nil for a text that is neither.
    static func moment(_ text: String) -> Date? {
        Timestamp(text: text).date ?? (try? Date(text, strategy: style))
    }

    private static func text(_ moment: Date) -> String {
        moment.formatted(style)
    }

    private static var style: Date.ISO8601FormatStyle {
        Date.ISO8601FormatStyle(timeZone: zone).year().month().day().dateSeparator(.dash)
            .time(includingFractionalSeconds: false).timeSeparator(.colon)
    }
}
