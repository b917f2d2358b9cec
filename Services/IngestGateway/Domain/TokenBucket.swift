/// Lets through so many a second on average, and at most one second's worth at once.
struct TokenBucket: Sendable {
    private var tokens: Double
    private var filledAt: ContinuousClock.Instant

    /// Begins full.
    init(ratePerSecond: Int, at now: ContinuousClock.Instant) {
        tokens = Double(ratePerSecond)
        filledAt = now
    }

    /// Takes one token; false when there is none.
    /// - Parameter ratePerSecond: may change from call to call.
    mutating func take(ratePerSecond: Int, at now: ContinuousClock.Instant) -> Bool {
        let elapsed = filledAt.duration(to: now) / .seconds(1)
        tokens = min(Double(ratePerSecond), tokens + max(0, elapsed) * Double(ratePerSecond))
        filledAt = max(filledAt, now)
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
