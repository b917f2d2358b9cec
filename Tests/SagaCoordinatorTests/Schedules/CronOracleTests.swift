import Foundation
import SeededRandom
import Testing

@testable import SagaCoordinator

@Suite("Cron against a look at every minute")
struct CronOracleTests {
    private static let zones = [
        "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata",
        "Africa/Casablanca", "Pacific/Chatham", "America/Havana", "Asia/Beirut", "America/Sao_Paulo", "UTC",
        "Pacific/Apia",
    ]

    // LIMIT: a few seconds; over months of builds every corner is seen.
    private static let rounds = 50

    @Test("the same times as the slow oracle, around changes of the clock and elsewhere")
    func sameTimes() throws {
        var random = SeededGenerator()
        var compared = 0
        for _ in 0..<Self.rounds {
            let name = try #require(Self.zones.randomElement(using: &random))
            let zone = try #require(TimeZone(identifier: name))
            let cron = RandomCron(using: &random)
            guard let expression = try? CronExpression(cron.description) else { continue }
            let start = start(zone, using: &random)
            let end = start + 3 * 86_400
            let expected = CronOracle(cron, zone).times(after: start, until: end)
            let found = times(try CronTimetable(expression, zone: name), after: start, until: end)
            #expect(found == expected, "\(cron) in \(name) after \(start), \(random)")
            compared += expected.count
        }
        #expect(compared > 0)
    }

    /// Half of them a day or two before a change of the clock, where there is one.
    private func start(_ zone: TimeZone, using random: inout SeededGenerator) -> Date {
        let minute = Int.random(in: 28_000_000...31_000_000, using: &random)
        let anywhere = Date(timeIntervalSince1970: Double(minute * 60))
        guard Bool.random(using: &random), let change = zone.nextDaylightSavingTimeTransition(after: anywhere) else {
            return anywhere
        }
        let changedAt = (change.timeIntervalSince1970 / 60).rounded(.down)
        return Date(timeIntervalSince1970: (changedAt - Double(Int.random(in: -90...2880, using: &random))) * 60)
    }

    private func times(_ timetable: CronTimetable, after start: Date, until end: Date) -> [Date] {
        var times: [Date] = []
        var moment = timetable.next(after: start)
        while moment <= end {
            times.append(moment)
            moment = timetable.next(after: moment)
        }
        return times
    }
}
