import Foundation
import Messaging
import Testing

@testable import SagaCoordinator

@Suite("Cron in a time zone")
struct CronTimetableTests {
    private func times(_ cron: String, _ zone: String, after start: String, _ count: Int) throws -> [String] {
        let timetable = try CronTimetable(CronExpression(cron), zone: zone)
        var moment = try #require(WireJSON.date(start))
        return (0..<count).map { _ in
            moment = timetable.next(after: moment)
            return moment.formatted(.iso8601)
        }
    }

    @Test(
        "the hour that a clock leaves out: times of day come as it is changed, once; every so often goes on",
        arguments: [
            // Berlin, 29 March 2026: 02:00 +01:00 becomes 03:00 +02:00, at 01:00 UTC.
            ("30 2 * * *", ["2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]),
            ("0,30 2 * * *", ["2026-03-28T01:00:00Z", "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z"]),
            ("0 2,3 29 * *", ["2026-03-29T01:00:00Z", "2026-04-29T00:00:00Z", "2026-04-29T01:00:00Z"]),
            ("0 3 * * *", ["2026-03-28T02:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T01:00:00Z"]),
            ("30 * 29 3 *", ["2026-03-28T23:30:00Z", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"]),
            ("*/30 2 29 3 *", ["2027-03-29T00:00:00Z", "2027-03-29T00:30:00Z", "2028-03-29T00:00:00Z"]),
        ])
    func gap(cron: String, expected: [String]) throws {
        #expect(try times(cron, "Europe/Berlin", after: "2026-03-28T00:00:00Z", 3) == expected)
    }

    @Test(
        "the hour that a clock shows twice: times of day come the first time; every so often goes on",
        arguments: [
            // New York, 1 November 2026: 02:00 -04:00 becomes 01:00 -05:00, at 06:00 UTC.
            ("30 1 * * *", ["2026-10-31T05:30:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"]),
            ("0 2 * * *", ["2026-10-31T06:00:00Z", "2026-11-01T07:00:00Z", "2026-11-02T07:00:00Z"]),
            ("30 * 1 11 *", ["2026-11-01T04:30:00Z", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"]),
            ("*/30 1 1 11 *", ["2026-11-01T05:00:00Z", "2026-11-01T05:30:00Z", "2026-11-01T06:00:00Z"]),
        ])
    func `repeat`(cron: String, expected: [String]) throws {
        #expect(try times(cron, "America/New_York", after: "2026-10-31T00:00:00Z", 3) == expected)
    }

    @Test("asked in the middle of the repeated hour, a time of day that was shown does not come again")
    func inTheRepeatedHour() throws {
        #expect(
            try times("0,45 1 * * *", "America/New_York", after: "2026-11-01T06:10:00Z", 1)
                == ["2026-11-02T06:00:00Z"])
        #expect(
            try times("45 1 * * *", "America/New_York", after: "2026-11-01T05:44:59Z", 1) == ["2026-11-01T05:45:00Z"])
    }

    @Test(
        "zones of half hours, changes at midnight, a day left out",
        arguments: [
            ("0 2 * * *", "Australia/Lord_Howe", "2026-10-03T15:00:00Z", "2026-10-03T15:30:00Z"),
            ("15 2 4 10 *", "Australia/Lord_Howe", "2026-10-01T00:00:00Z", "2026-10-03T15:30:00Z"),
            ("0 0 * * *", "America/Havana", "2026-03-07T12:00:00Z", "2026-03-08T05:00:00Z"),
            ("30 9 * * *", "Asia/Kolkata", "2026-03-07T12:00:00Z", "2026-03-08T04:00:00Z"),
            ("0 9 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z", "2011-12-30T10:00:00Z"),
        ])
    func places(cron: String, zone: String, start: String, expected: String) throws {
        #expect(try times(cron, zone, after: start, 1) == [expected])
    }

    @Test("29 February comes in leap years, on a given weekday once in decades")
    func leapDay() throws {
        #expect(
            try times("0 12 29 2 *", "UTC", after: "2026-01-01T00:00:00Z", 3)
                == ["2028-02-29T12:00:00Z", "2032-02-29T12:00:00Z", "2036-02-29T12:00:00Z"])
        #expect(try times("0 12 29 2 *", "UTC", after: "2096-03-01T00:00:00Z", 1) == ["2104-02-29T12:00:00Z"])
        // Sundays and Saturdays: the star makes the weekday a condition, not an alternative.
        #expect(
            try times("0 0 29 2 */6", "UTC", after: "2026-01-01T00:00:00Z", 2)
                == ["2032-02-29T00:00:00Z", "2048-02-29T00:00:00Z"])
    }

    @Test("the next time is later, also from the middle of a minute and from a time itself")
    func strictlyAfter() throws {
        #expect(
            try times("* * * * *", "UTC", after: "2026-01-01T00:00:00.500Z", 2)
                == ["2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z"])
        #expect(try times("* * * * *", "UTC", after: "1969-12-31T23:58:59Z", 1) == ["1969-12-31T23:59:00Z"])
    }

    @Test(
        "only names of the IANA database are zones",
        arguments: ["", "CET", "EST5EDT", "GMT+1", "+01:00", "Mars/Olympus", "utc", "Europe/Berlin; DROP"])
    func zones(name: String) {
        #expect(throws: TimeZoneError(name: name)) {
            _ = try CronTimetable(CronExpression("* * * * *"), zone: name)
        }
    }
}
