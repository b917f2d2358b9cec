import Testing

@testable import AMQP

@Suite("Watchdog")
struct WatchTests {
    @Test("a call hangs once it runs longer than the limit, and never between calls")
    func hanging() {
        let watch = Watch(-1)
        let later = ContinuousClock.now + Watchdog.callMax + .seconds(1)
        #expect(!watch.isHanging(at: later))
        watch.begin()
        #expect(!watch.isHanging(at: .now))
        #expect(watch.isHanging(at: later))
        watch.end()
        #expect(!watch.isHanging(at: later))
    }
}
