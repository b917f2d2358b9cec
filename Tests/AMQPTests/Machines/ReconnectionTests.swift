import Testing

@testable import AMQP

@Suite("Reconnection")
struct ReconnectionTests {
    private let now = ContinuousClock.now

    @Test("nothing connects before somebody needs it, then at once")
    func lazy() {
        var reconnection = Reconnection()
        #expect(!reconnection.isDue(at: now))
        reconnection.demand()
        #expect(reconnection.isDue(at: now))
    }

    @Test("pauses double up to ten seconds and jitter takes at most half")
    func pauses() {
        #expect(Reconnection.pause(after: 1, jitter: 1) == .milliseconds(100))
        #expect(Reconnection.pause(after: 1, jitter: 0) == .milliseconds(50))
        #expect(Reconnection.pause(after: 3, jitter: 1) == .milliseconds(400))
        #expect(Reconnection.pause(after: 100, jitter: 1) == .seconds(10))
    }

    @Test("after a failure the next attempt is due when the pause is over")
    func waits() {
        var reconnection = Reconnection()
        reconnection.demand()
        reconnection.failed(at: now, jitter: 1)
        #expect(!reconnection.isDue(at: now + .milliseconds(99)))
        #expect(reconnection.isDue(at: now + .milliseconds(100)))
        #expect(reconnection.wakeUp == now + .milliseconds(100))
    }

    @Test("a connection that ends right away does not start the pauses afresh; one that held does")
    func settled() {
        var reconnection = Reconnection()
        reconnection.failed(at: now, jitter: 1)
        reconnection.opened(at: now)
        reconnection.failed(at: now + .seconds(1), jitter: 1)
        #expect(reconnection.wakeUp == now + .milliseconds(1_200))
        reconnection.opened(at: now)
        reconnection.failed(at: now + .seconds(5), jitter: 1)
        #expect(reconnection.wakeUp == now + .milliseconds(5_100))
    }

    @Test("a closed one is never due again")
    func closed() {
        var reconnection = Reconnection()
        reconnection.close()
        reconnection.demand()
        reconnection.failed(at: now, jitter: 0)
        reconnection.opened(at: now)
        #expect(!reconnection.isDue(at: now + .seconds(99)))
        #expect(reconnection.state == .closed)
    }
}
