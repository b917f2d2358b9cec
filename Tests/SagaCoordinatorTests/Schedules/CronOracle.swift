import Foundation
import SeededRandom

@testable import SagaCoordinator

/// Says when a cron expression comes by looking at every minute, with Foundation's calendar.
struct CronOracle {
    let fields: RandomCron
    private let calendar: Calendar
    private let zone: TimeZone

    init(_ fields: RandomCron, _ zone: TimeZone) {
        self.fields = fields
        self.zone = zone
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    /// - Parameter start: a whole minute.
    func times(after start: Date, until end: Date) -> [Date] {
        var shown: Set<Date> = []
        var times: [Date] = []
        var minute = start - 2 * 86_400
        var before = local(minute - 60)
        while minute <= end {
            let now = local(minute)
            let isNew = shown.insert(now).inserted
            let isMeant: Bool
            if fields.isAtFixedTimes {
                let skipped = stride(from: before + 60, to: now, by: 60).contains(where: means)
                isMeant = isNew && means(now) || skipped
            } else {
                isMeant = means(now)
            }
            if isMeant, minute > start { times.append(minute) }
            before = now
            minute += 60
        }
        return times
    }

    /// What the clock on the wall shows, as if it were in Greenwich.
    private func local(_ minute: Date) -> Date {
        minute + Double(zone.secondsFromGMT(for: minute))
    }

    private func means(_ local: Date) -> Bool {
        let parts = Self.greenwich.dateComponents([.minute, .hour, .day, .month, .weekday], from: local)
        guard let minute = parts.minute, let hour = parts.hour, let day = parts.day, let month = parts.month,
            let weekday = parts.weekday
        else { return false }
        guard fields.minutes.contains(minute), fields.hours.contains(hour), fields.months.contains(month) else {
            return false
        }
        let fits = (fields.days.contains(day), fields.weekdays.contains(weekday - 1))
        return fields.eitherDay ? fits.0 || fits.1 : fits.0 && fits.1
    }

    private static let greenwich: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}

/// A cron expression with the values that each field was written from.
struct RandomCron: CustomStringConvertible {
    var minutes, hours, days, months, weekdays: Set<Int>
    var isAtFixedTimes, eitherDay: Bool
    var description: String

    init(using random: inout SeededGenerator) {
        let minute = Self.field(0...59, star: 2, using: &random)
        let hour = Self.field(0...23, star: 2, using: &random)
        let day = Self.field(1...31, star: 4, using: &random)
        let month = Self.field(1...12, star: 7, using: &random)
        let weekday = Self.field(0...6, star: 4, using: &random)
        (minutes, hours, days, months, weekdays) = (minute.1, hour.1, day.1, month.1, weekday.1)
        isAtFixedTimes = !minute.0.hasPrefix("*") && !hour.0.hasPrefix("*")
        eitherDay = !day.0.hasPrefix("*") && !weekday.0.hasPrefix("*")
        description = [minute, hour, day, month, weekday].map(\.0).joined(separator: " ")
    }

    /// - Parameter star: in how many of ten cases everything is meant.
    private static func field(
        _ range: ClosedRange<Int>, star: Int, using random: inout SeededGenerator
    ) -> (String, Set<Int>) {
        guard Int.random(in: 0..<10, using: &random) >= star else { return ("*", Set(range)) }
        let items = (0..<Int.random(in: 1...3, using: &random)).map { _ in item(range, using: &random) }
        return (items.map(\.0).joined(separator: ","), items.reduce(into: []) { $0.formUnion($1.1) })
    }

    private static func item(
        _ range: ClosedRange<Int>, using random: inout SeededGenerator
    ) -> (String, Set<Int>) {
        let ends = (0..<2).map { _ in Int.random(in: range, using: &random) }.sorted()
        let step = Int.random(in: 1...(ends[1] - ends[0] + 1), using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return ("\(ends[0])", [ends[0]])
        case 1: return ("\(ends[0])-\(ends[1])", Set(ends[0]...ends[1]))
        case 2: return ("\(ends[0])-\(ends[1])/\(step)", Set(stride(from: ends[0], through: ends[1], by: step)))
        default:
            let step = Int.random(in: 1...range.count, using: &random)
            return ("*/\(step)", Set(stride(from: range.lowerBound, through: range.upperBound, by: step)))
        }
    }
}
