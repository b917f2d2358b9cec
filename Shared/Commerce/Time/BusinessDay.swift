import Foundation

/// A date as ERPs, warehouses and mails write it: `YYYY-MM-DD`, in UTC.
public enum BusinessDay {
    public static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle().year().month().day())
    }
}
