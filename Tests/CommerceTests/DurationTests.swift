import Commerce
import SeededRandom
import Testing

@Suite("Durations in ISO 8601")
struct DurationTests {
    @Test(
        "are written in days, hours, minutes and seconds and read back",
        arguments: [
            ("P3D", .days(3)), ("PT5S", .seconds(5)), ("PT0S", .zero), ("PT1H30M", .minutes(90)),
            ("P1DT1S", .seconds(86_401)), ("PT0.25S", .milliseconds(250)), ("PT1M0.5S", .milliseconds(60_500)),
            ("PT23H59M59S", .seconds(86_399)),
        ] as [(String, Duration)])
    func canonical(text: String, duration: Duration) {
        #expect(duration.iso8601 == text)
        #expect(Duration(iso8601: text) == duration)
    }

    @Test(
        "weeks and fields above their range are read",
        arguments: [("P2W", 14 * 86_400), ("PT90M", 5400), ("PT36H", 129_600)])
    func alsoRead(text: String, seconds: Int64) {
        #expect(Duration(iso8601: text) == .seconds(seconds))
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "P", "PT", "P1DT", "1D", "P1Y", "P1M", "P-1D", "-P1D", "PT1.5H", "PT1S1M", "P1H", "PT1D", "PT1",
            "P1.5D",
            "PT.5S", "PT5.S", "P1D1D", "PT99999999999999999999S", "p1d", " P1D",
        ])
    func refused(text: String) {
        #expect(Duration(iso8601: text) == nil)
    }

    @Test("any duration survives being written and read")
    func property() {
        var random = SeededGenerator()
        for _ in 0..<2_000 {
            let seconds = Int64.random(in: 0...10_000_000, using: &random)
            let fraction = Int64.random(in: 0..<1_000_000_000_000_000_000, using: &random)
            let duration = Duration(
                secondsComponent: seconds, attosecondsComponent: Bool.random(using: &random) ? fraction : 0)
            #expect(Duration(iso8601: duration.iso8601) == duration, "\(random)")
        }
    }
}
