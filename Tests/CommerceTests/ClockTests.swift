import Commerce
import Foundation
import Testing

@Suite("Clocks")
struct ClockTests {
    @Test("a manual clock moves only when it is told to")
    func manual() {
        let start = Date(timeIntervalSince1970: 1_000)
        let clock = ManualClock(start)
        #expect(clock.now == start)
        clock.advance(by: .days(3))
        #expect(clock.now == start.addingTimeInterval(3 * 86_400))
    }

    @Test("a timestamp keeps its text and is read with or without fractions and offsets")
    func timestamps() {
        let moment = Date(timeIntervalSince1970: 1_772_730_000)
        for text in ["2026-03-05T17:00:00Z", "2026-03-05T12:00:00-05:00", "2026-03-05T17:00:00.000Z"] {
            let timestamp = Timestamp(text: text)
            #expect(timestamp.date == moment)
            #expect(timestamp.text == text)
        }
        #expect(Timestamp(moment).text == "2026-03-05T17:00:00.000Z")
        #expect(Timestamp(text: "yesterday").date == nil)
    }

    @Test("a business day is the day in UTC")
    func businessDay() {
        let evening = Date(timeIntervalSince1970: 1_772_755_199)
        #expect(BusinessDay.text(evening) == "2026-03-05")
        #expect(BusinessDay.text(evening.addingTimeInterval(1)) == "2026-03-06")
    }
}
