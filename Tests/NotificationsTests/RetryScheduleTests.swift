import Commerce
import Contracts
import Foundation
import HTTPTransport
import Messaging
import Postgres
import ServiceKit
import Testing

@testable import Notifications

@Suite("When a delivery is tried again")
struct RetryScheduleTests {
    @Test("eight tries, 5 s to 10 h apart, over 27.6 hours")
    func delays() {
        let delays = (1...7).compactMap { RetrySchedule.delay(afterTry: $0, retryAfter: nil, jitter: 1) }
        #expect(
            delays == [.seconds(5), .minutes(5), .minutes(30), .hours(2), .hours(5), .hours(10), .hours(10)])
        #expect(RetrySchedule.delay(afterTry: 8, retryAfter: nil, jitter: 1) == nil)
        #expect(RetrySchedule.delay(afterTry: 8, retryAfter: .seconds(1), jitter: 1) == nil)
        #expect((27.5...27.7).contains(delays.reduce(.zero, +).timeInterval / 3600))
    }

    @Test("jitter stays within a tenth")
    func jitter() {
        for tries in 1...7 {
            for _ in 0..<200 {
                guard let delay = RetrySchedule.delay(afterTry: tries, retryAfter: nil) else {
                    Issue.record("try \(tries) was given up")
                    return
                }
                let plain = RetrySchedule.delays[tries - 1]
                #expect(delay >= plain * 0.9 && delay <= plain * 1.1)
            }
        }
    }

    @Test("an endpoint's wish for patience counts where it is longer, and up to a day")
    func patience() {
        #expect(RetrySchedule.delay(afterTry: 1, retryAfter: .minutes(10), jitter: 1) == .minutes(10))
        #expect(RetrySchedule.delay(afterTry: 4, retryAfter: .minutes(10), jitter: 1) == .hours(2))
        #expect(RetrySchedule.delay(afterTry: 1, retryAfter: .days(400), jitter: 1) == .hours(24))
    }

    @Test(
        "Retry-After is seconds or an HTTP date",
        arguments: [
            ("120", Duration.seconds(120)), ("0", .zero), ("-5", nil), ("soon", nil), ("99999999999999999999", nil),
            ("Wed, 04 Mar 2026 10:17:00 GMT", .seconds(90)), ("Wed, 04 Mar 2026 10:15:00 GMT", nil),
        ] as [(String, Duration?)])
    func retryAfter(text: String, expected: Duration?) throws {
        let now = try Date("2026-03-04T10:15:30Z", strategy: .iso8601)
        #expect(RetryAfter.read(text, now: now) == expected)
    }

    @Test("warnings come at 50, 70 and 90 percent of five days, the end at all of them")
    func disabling() {
        let start = Date(timeIntervalSince1970: 1_772_619_330)
        let hours = DisablingPlan.percents.map {
            DisablingPlan.moment($0, since: start).timeIntervalSince(start) / 3600
        }
        #expect(hours == [60, 84, 108, 120])
    }
}
