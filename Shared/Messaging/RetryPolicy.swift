import Commerce
import Foundation

/// When a failed message is tried again, and when it is given up on.
public struct RetryPolicy: Sendable {
    public var first = Duration.seconds(1)
    public var ceiling = Duration.minutes(10)
    /// Tries before a message is dead-lettered. 20 tries with these delays span a bit over two hours.
    public var attemptMax = 20
    /// Tries of a handler that fails in a way nobody foresaw.
    public var unexpectedAttemptMax = 5
    /// Looks at an event that this build has no handler for, and the least time between them: together a quarter of an
    /// hour, in which a build that has one is rolled out or takes the event from the queue it shares.
    public var unhandledAttemptMax = 10
    public var unhandledDelay = Duration.minutes(1)

    public init() {}

    /// Exponential with ±20 % jitter; a provider's `Retry-After` is honoured where it asks for more.
    /// - Parameter attempt: the number of the try that failed, from 1.
    func delay(attempt: Int, retryAfter: Duration?, jitter: Double = .random(in: 0.8...1.2)) -> Duration {
        let doublings = Double(1 << min(attempt - 1, 20))
        let exponential = min(first * doublings, ceiling) * jitter
        return max(exponential, retryAfter ?? .zero)
    }
}
