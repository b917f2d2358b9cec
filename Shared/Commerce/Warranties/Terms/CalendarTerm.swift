/// A span as calendars count it: so many months, then so many days. A warranty of a year ends on the same date.
public struct CalendarTerm: Hashable, Sendable {
    public let months: Int
    public let days: Int

    // LIMIT: a century; goods do not live longer, and dates stay far inside what can be counted.
    private static let monthsMax = 1_200
    private static let daysMax = 36_525

    public static let day = CalendarTerm(unchecked: 0, 1)
    public static let year = CalendarTerm(unchecked: 12, 0)

    private init(unchecked months: Int, _ days: Int) {
        self.months = months
        self.days = days
    }

    /// Nil for a span of nothing, or of more than a century.
    public init?(months: Int = 0, days: Int = 0) {
        guard (0...Self.monthsMax).contains(months), (0...Self.daysMax).contains(days), months + days > 0 else {
            return nil
        }
        self.months = months
        self.days = days
    }

    /// Reads ISO 8601 such as `P1Y`, `P18M`, `P2Y6M`, `P90D`, `P6W`; nil for anything else.
    public init?(iso8601 text: String) {
        guard text.utf8.first == UInt8(ascii: "P") else { return nil }
        var rest = text.dropFirst()
        var counts: [Character: Int] = [:]
        for unit in "YMWD" {
            guard let end = rest.firstIndex(of: unit) else { continue }
            let digits = rest[..<end]
            // LIMIT: more digits than a century has days.
            guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
                let count = Int(digits)
            else { return nil }
            counts[unit] = count
            rest = rest[rest.index(after: end)...]
        }
        guard rest.isEmpty else { return nil }
        self.init(
            months: counts["Y", default: 0] * 12 + counts["M", default: 0],
            days: counts["W", default: 0] * 7 + counts["D", default: 0])
    }

    /// `P1Y6M`; weeks are written as days.
    public var iso8601: String {
        let parts = [(months / 12, "Y"), (months % 12, "M"), (days, "D")]
        return "P" + parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
    }

    /// The last day that still counts, of a span that begins with this one.
    public func lastDay(from day: ShopDay) -> ShopDay { day.adding(months: months) + days }
}

extension PolicyCodec where Value == CalendarTerm {
    static var term: PolicyCodec {
        .mapping(
            .text, orElse: .badDuration,
            { "'\($0)' is no term; use ISO 8601 of years, months, weeks and days such as P1Y or P18M." },
            read: { CalendarTerm(iso8601: $0) }, write: { $0.iso8601 })
    }
}
