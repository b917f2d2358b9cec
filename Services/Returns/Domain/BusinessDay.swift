import Foundation

/// A date as ERPs write it: `YYYY-MM-DD`, in UTC.
enum BusinessDay {
    static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle().year().month().day())
    }
}
