/// A date of the Gregorian calendar without a time, as a shop's calendar on the wall shows it.
public struct ShopDay: Hashable, Sendable {
    /// Days since 1 January 1970.
    public let number: Int

    public init(number: Int) {
        self.number = number
    }

    /// Reads `2026-11-01`; nil for another form and for a day that does not exist.
    public init?(_ text: String) {
        let fields = text.split(separator: "-", omittingEmptySubsequences: false)
        guard fields.map(\.utf8.count) == [4, 2, 2] else { return nil }
        let numbers = fields.compactMap { field in field.utf8.allSatisfy(\.isDigit) ? Int(field) : nil }
        guard numbers.count == 3, (1...12).contains(numbers[1]), numbers[0] >= 1, numbers[2] >= 1 else { return nil }
        number = Self.number(year: numbers[0], month: numbers[1], day: numbers[2])
        // WHY: 30 February counts on into March; what is written back differs then.
        guard description == text else { return nil }
    }

    /// Monday is 0.
    public var weekday: Int {
        let remainder = (number + 3) % 7
        return remainder < 0 ? remainder + 7 : remainder
    }

    public static func + (day: ShopDay, count: Int) -> ShopDay { ShopDay(number: day.number + count) }

    /// The same day of a later month; the last one of a month that is too short for it.
    public func adding(months: Int) -> ShopDay {
        let date = civil
        let month = date.year * 12 + date.month - 1 + months
        let first = Self.firstDay(ofMonth: month)
        return ShopDay(number: first + min(date.day, Self.firstDay(ofMonth: month + 1) - first) - 1)
    }

    /// - Parameter month: months since the year 0.
    private static func firstDay(ofMonth month: Int) -> Int {
        number(year: month.floorDivided(by: 12), month: month.floorRemainder(by: 12) + 1, day: 1)
    }

    /// Counted in years that begin in March, so that the leap day is the last of its year; 400 years are one cycle of
    /// 146,097 days.
    private static func number(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let (cycle, yearOfCycle) = (marchYear.floorDivided(by: 400), marchYear.floorRemainder(by: 400))
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        return cycle * 146_097 + dayOfCycle - 719_468
    }
}

extension ShopDay {
    /// By the calendar; months and days from 1.
    fileprivate var civil: (year: Int, month: Int, day: Int) {
        let days = number + 719_468
        let (cycle, dayOfCycle) = (days.floorDivided(by: 146_097), days.floorRemainder(by: 146_097))
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

extension ShopDay: CustomStringConvertible {
    public var description: String {
        let date = civil
        return [date.year.padded(to: 4), date.month.padded(to: 2), date.day.padded(to: 2)].joined(separator: "-")
    }
}

extension ShopDay: Comparable {
    public static func < (left: ShopDay, right: ShopDay) -> Bool { left.number < right.number }
}

extension ShopDay: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = ShopDay(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date such as 2026-11-01")
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension Int {
    fileprivate func padded(to width: Int) -> String {
        let digits = String(magnitude)
        return (self < 0 ? "-" : "") + String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }

    func floorDivided(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    func floorRemainder(by divisor: Int) -> Int {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
