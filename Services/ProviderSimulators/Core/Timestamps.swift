import Foundation

/// The ways in which providers write moments.
enum Timestamps {
    /// `2026-03-04T10:15:30.128Z`
    static func utc(_ date: Date) -> String {
        date.formatted(
            .iso8601.year().month().day().timeZone(separator: .omitted).time(includingFractionalSeconds: true))
    }

    /// `2026-03-04T05:15:30-05:00`, in the given zone.
    static func offset(_ date: Date, in zone: TimeZone) -> String {
        var style = Date.ISO8601FormatStyle(timeZone: zone)
        style = style.year().month().day().dateSeparator(.dash).time(includingFractionalSeconds: false)
            .timeSeparator(.colon).timeZone(separator: .colon)
        return date.formatted(style)
    }

    /// `2026-03-04T02:15:30`, local to the given zone and without saying so.
    static func local(_ date: Date, in zone: TimeZone) -> String {
        let style = Date.ISO8601FormatStyle(timeZone: zone).year().month().day().dateSeparator(.dash)
            .time(includingFractionalSeconds: false).timeSeparator(.colon)
        return date.formatted(style)
    }

    /// `2026-03-04`, of the given zone.
    static func day(_ date: Date, in zone: TimeZone) -> String {
        date.formatted(Date.ISO8601FormatStyle(timeZone: zone).year().month().day().dateSeparator(.dash))
    }

    /// Reads a date, a local date-time (of `zone`), or a date-time with an offset.
    static func parse(_ text: String, zone: TimeZone) -> Date? {
        let styles: [Date.ISO8601FormatStyle] = [
            .iso8601,
            .init(includingFractionalSeconds: true),
            .init(timeZone: zone).year().month().day().dateSeparator(.dash)
                .time(includingFractionalSeconds: false).timeSeparator(.colon),
        ]
        for style in styles {
            if let date = try? Date(text, strategy: style) { return date }
        }
        guard text.utf8.count == 10 else { return nil }
        return try? Date(
            text, strategy: Date.ISO8601FormatStyle(timeZone: zone).year().month().day().dateSeparator(.dash))
    }
}
