import Foundation

/// Times on the wire: RFC 3339, written in UTC with milliseconds, e.g. `2026-03-05T17:00:00.000Z`.
enum RFC3339 {
    /// Reads any offset, with or without a fraction of a second.
    static func date(_ text: String) -> Date? {
        var reader = Reader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T") || reader.take("t"), let hour = reader.number(2),
            reader.take(":"), let minute = reader.number(2), reader.take(":"), let second = reader.number(2),
            let fraction = reader.fraction(), let offset = reader.offset(), reader.isAtEnd,
            let days = CivilDay(year, month, day)?.number, hour < 24, minute < 60,
            // The 61st second of a minute exists.
            second <= 60
        else { return nil }
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    /// Rounded to the millisecond; nil for a year that four digits do not hold.
    static func text(_ date: Date) -> String? {
        let milliseconds = (date.timeIntervalSince1970 * 1_000).rounded()
        guard milliseconds > -62_135_596_800_000, milliseconds < 253_402_300_800_000 else { return nil }
        let (days, rest) = Int(milliseconds).dividedDown(by: 86_400_000)
        let day = CivilDay(number: days)
        return String(unsafeUninitializedCapacity: 24) { text in
            func write(_ value: Int, _ count: Int, at position: Int) {
                var value = value
                for index in stride(from: position + count - 1, through: position, by: -1) {
                    text[index] = UInt8(ascii: "0") + UInt8(value % 10)
                    value /= 10
                }
            }
            for (position, character) in zip([4, 7, 10, 13, 16, 19, 23], "--T::.Z".utf8) { text[position] = character }
            write(day.year, 4, at: 0)
            write(day.month, 2, at: 5)
            write(day.day, 2, at: 8)
            write(rest / 3_600_000, 2, at: 11)
            write(rest / 60_000 % 60, 2, at: 14)
            write(rest / 1_000 % 60, 2, at: 17)
            write(rest % 1_000, 3, at: 20)
            return 24
        }
    }

    private struct Reader {
        private var rest: Substring.UTF8View

        init(_ text: String) {
            rest = Substring(text).utf8
        }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func number(_ count: Int) -> Int? {
            var value = 0
            for _ in 0..<count {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        /// Zero where there is none; nil for a point without digits.
        mutating func fraction() -> Double? {
            guard take(".") else { return 0 }
            guard let first = digit() else { return nil }
            var (value, scale) = (Double(first), 10.0)
            while let digit = digit() {
                // LIMIT: a Date holds no more than these.
                guard scale < 1e9 else { continue }
                value = value * 10 + Double(digit)
                scale *= 10
            }
            return value / scale
        }

        /// Seconds ahead of UTC.
        mutating func offset() -> Int? {
            if take("Z") || take("z") { return 0 }
            let sign = take("-") ? -1 : 1
            guard sign < 0 || take("+"), let hours = number(2), take(":"), let minutes = number(2), hours < 24,
                minutes < 60
            else { return nil }
            return sign * (hours * 3_600 + minutes * 60)
        }

        private mutating func digit() -> Int? {
            guard let byte = rest.first, byte &- UInt8(ascii: "0") < 10 else { return nil }
            rest.removeFirst()
            return Int(byte - UInt8(ascii: "0"))
        }
    }
}

/// A day of the Gregorian calendar and its number from 1970-01-01.
///
/// Source: the algorithms `days_from_civil` and `civil_from_days`, which count years from March so that the leap day is
/// the last.
private struct CivilDay {
    let year: Int
    let month: Int
    let day: Int

    /// Nil when there is no such day.
    init?(_ year: Int, _ month: Int, _ day: Int) {
        guard (1...12).contains(month), day >= 1 else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        let back = CivilDay(number: number)
        guard back.year == year, back.month == month, back.day == day else { return nil }
    }

    init(number: Int) {
        let (era, dayOfEra) = (number + 719_468).dividedDown(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    var number: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shiftedYear.dividedDown(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension Int {
    /// Quotient rounded down, and the remainder, which is never negative.
    fileprivate func dividedDown(by divisor: Int) -> (Int, Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
