import Commerce
import Foundation
import SeededRandom
import Testing

@Suite("The window of a return in the shop's time zone")
struct ReturnPolicyWindowTests {
    /// The last second of the last day, in UTC, seven days from a delivery at noon local time.
    struct Boundary: CustomTestStringConvertible {
        let zone: String
        let delivered: String
        let lastSecond: String
        var testDescription: String { "\(zone) from \(delivered)" }

        init(_ zone: String, _ delivered: String, _ lastSecond: String) {
            self.zone = zone
            self.delivered = delivered
            self.lastSecond = lastSecond
        }
    }

    static let boundaries = [
        // Clocks go forward on 8 March 2026 and back on 1 November 2026.
        Boundary("America/New_York", "2026-02-28T17:00:00Z", "2026-03-08T04:59:59Z"),
        Boundary("America/New_York", "2026-03-01T17:00:00Z", "2026-03-09T03:59:59Z"),
        Boundary("America/New_York", "2026-10-24T16:00:00Z", "2026-11-01T03:59:59Z"),
        Boundary("America/New_York", "2026-10-25T16:00:00Z", "2026-11-02T04:59:59Z"),
        // 29 March 2026 and 25 October 2026.
        Boundary("Europe/Berlin", "2026-03-21T11:00:00Z", "2026-03-28T22:59:59Z"),
        Boundary("Europe/Berlin", "2026-03-22T11:00:00Z", "2026-03-29T21:59:59Z"),
        Boundary("Europe/Berlin", "2026-10-17T10:00:00Z", "2026-10-24T21:59:59Z"),
        Boundary("Europe/Berlin", "2026-10-18T10:00:00Z", "2026-10-25T22:59:59Z"),
        // Half an hour, forward on 4 October 2026 and back on 5 April 2026.
        Boundary("Australia/Lord_Howe", "2026-09-26T01:30:00Z", "2026-10-03T13:29:59Z"),
        Boundary("Australia/Lord_Howe", "2026-09-27T01:30:00Z", "2026-10-04T12:59:59Z"),
        Boundary("Australia/Lord_Howe", "2026-03-28T01:00:00Z", "2026-04-04T12:59:59Z"),
        Boundary("Australia/Lord_Howe", "2026-03-29T01:00:00Z", "2026-04-05T13:29:59Z"),
        // Clocks go forward at midnight, so that the next day begins at 01:00.
        Boundary("America/Sao_Paulo", "2018-10-27T15:00:00Z", "2018-11-04T02:59:59Z"),
        Boundary("America/Sao_Paulo", "2018-10-28T15:00:00Z", "2018-11-05T01:59:59Z"),
        // Clocks went back at 00:01, so that the last hour of the day came twice.
        Boundary("America/St_Johns", "2010-10-30T14:30:00Z", "2010-11-07T03:29:59Z"),
        // Samoa had no 30 December 2011.
        Boundary("Pacific/Apia", "2011-12-23T22:00:00Z", "2011-12-30T09:59:59Z"),
        Boundary("Pacific/Kiritimati", "2026-06-01T00:00:00Z", "2026-06-08T09:59:59Z"),
        Boundary("UTC", "2026-06-01T23:59:59Z", "2026-06-08T23:59:59Z"),
    ]

    @Test("is open in the last minute of day N and closed in the next", arguments: boundaries)
    func lastMinute(boundary: Boundary) throws {
        let end = moment(boundary.lastSecond)
        for (offset, isOpen) in [(-59.0, true), (0, true), (0.999, true), (1, false), (60, false)] {
            let decision = try decide(boundary, at: end.addingTimeInterval(offset))
            #expect(decision?.eligible == isOpen, "\(offset) s")
            #expect(decision?.reason == (isOpen ? .withinWindow : .windowClosed))
            #expect(decision?.window?.closesAt?.date == end)
            #expect(decision?.window?.anchor == .delivered)
        }
    }

    private func decide(_ boundary: Boundary, at now: Date) throws -> ReturnLineDecision? {
        let policy = try makePolicy(
            "\"calendar\":{\"time_zone\":\"\(boundary.zone)\"}", zones: #"[{"window":{"days":7}}]"#)
        return policy.decide { facts in
            facts.now = now
            facts.order.lines[0].deliveredAt = moment(boundary.delivered)
            facts.order.orderedAt = moment(boundary.delivered).addingTimeInterval(-86_400 * 9)
        }.lines.first
    }

    @Test("days begin and end as a calendar of the zone says, over many zones and years")
    func calendars() {
        var random = SeededGenerator()
        let zones = [
            "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo",
            "Africa/Cairo", "Pacific/Apia", "Pacific/Chatham", "America/Havana", "Asia/Beirut", "UTC",
        ]
        for round in 0..<3_000 {
            let name = zones[round % zones.count]
            guard let zone = TimeZone(identifier: name) else {
                Issue.record("no zone \(name)")
                continue
            }
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = zone
            let now = Date(timeIntervalSince1970: Double(Int.random(in: 0...2_000_000_000, using: &random)))
            let shop = ShopCalendar(timeZone: name)
            let day = shop.day(of: now)
            let fields = calendar.dateComponents([.year, .month, .day], from: now)
            let text = String(format: "%04d-%02d-%02d", fields.year ?? 0, fields.month ?? 0, fields.day ?? 0)
            #expect(day.description == text, "\(name) \(now) \(random)")
            let end = shop.lastSecond(of: day)
            #expect(shop.day(of: end) == day, "\(name) \(now) \(random)")
            #expect(shop.day(of: end + 1) > day, "\(name) \(now) \(random)")
            #expect(end >= now && end.timeIntervalSince(now) < 86_400 * 1.2, "\(name) \(now) \(random)")
        }
    }

    @Test("a date is the day its text says, and no other text is one")
    func days() {
        for number in stride(from: -719_000, through: 2_900_000, by: 97) {
            let day = ShopDay(number: number)
            #expect(ShopDay(day.description) == day)
        }
        #expect(ShopDay("1970-01-01")?.number == 0)
        #expect(ShopDay("2026-11-25")?.weekday == 2)
        #expect(ShopDay("1969-12-31")?.weekday == 2)
        #expect(ShopDay("2000-02-29") != nil)
        for text in [
            "1900-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-32", "2026/01/01",
            "", "-001-01-01", "２０２６-01-01",
        ] {
            #expect(ShopDay(text) == nil, "\(text)")
        }
    }
}
