/// When to open a connection: at once on first demand, then with growing, jittered pauses after failures.
struct Reconnection {
    enum State: Equatable {
        /// Nobody has asked for a connection yet.
        case idle
        case due
        case open(since: ContinuousClock.Instant)
        case waiting(until: ContinuousClock.Instant)
        case closed
    }

    // LIMIT: one broker restart takes seconds; ten services retrying every 10 s do not hinder it.
    static let pauseMin = Duration.milliseconds(100)
    static let pauseMax = Duration.seconds(10)
    /// A connection that lives this long was a good one: the count of failures starts afresh.
    static let settled = Duration.seconds(5)

    private(set) var state = State.idle
    private var failures = 0

    /// Somebody needs the connection.
    mutating func demand() {
        if state == .idle { state = .due }
    }

    func isDue(at now: ContinuousClock.Instant) -> Bool {
        switch state {
        case .due: true
        case .waiting(let until): until <= now
        case .idle, .open, .closed: false
        }
    }

    /// When to look again, if nothing else happens before.
    var wakeUp: ContinuousClock.Instant? {
        if case .waiting(let until) = state { until } else { nil }
    }

    mutating func opened(at now: ContinuousClock.Instant) {
        if state != .closed { state = .open(since: now) }
    }

    /// An attempt failed or the connection ended; `jitter` in 0..<1 spreads clients apart.
    mutating func failed(at now: ContinuousClock.Instant, jitter: Double) {
        guard state != .closed else { return }
        if case .open(let since) = state, now - since >= Self.settled { failures = 0 }
        failures += 1
        state = .waiting(until: now + Self.pause(after: failures, jitter: jitter))
    }

    mutating func close() {
        state = .closed
    }

    static func pause(after failures: Int, jitter: Double) -> Duration {
        let doubled = pauseMin * (1 << min(max(failures - 1, 0), 10))
        return min(doubled, pauseMax) * (0.5 + jitter / 2)
    }
}
