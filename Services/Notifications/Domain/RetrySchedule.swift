import Commerce

/// When a delivery that failed is tried again.
///
/// Source: Standard Webhooks, delivery rules, with the delays of Svix: eight tries over about 27.6 hours.
enum RetrySchedule {
    /// After the first try, the second and so on.
    static let delays: [Duration] = [
        .seconds(5), .minutes(5), .minutes(30), .hours(2), .hours(5), .hours(10), .hours(10),
    ]

    static let triesMax = delays.count + 1

    /// LIMIT: an endpoint may ask for patience, not for being forgotten.
    static let retryAfterMax = Duration.hours(24)

    /// - Parameters:
    ///   - tries: how many there were, from 1.
    ///   - jitter: a factor of 1 ± 0.1, so that what failed together is not tried together.
    /// - Returns: nil when it is given up.
    static func delay(
        afterTry tries: Int, retryAfter: Duration?, jitter: Double = .random(in: 0.9...1.1)
    ) -> Duration? {
        guard (1..<triesMax).contains(tries) else { return nil }
        return max(delays[tries - 1] * jitter, min(retryAfter ?? .zero, retryAfterMax))
    }
}
