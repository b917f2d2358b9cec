import Foundation

/// A date as ERPs write it: `YYYY-MM-DD`, in UTC.
enum BusinessDay {
    static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle().year().month().day())
    }

    /// The date, or tomorrow where that is later: no charge is planned in the past.
    static func text(notBeforeTomorrow date: String, now: Date) -> String {
        max(date, text(now.addingTimeInterval(86_400)))
    }
}
