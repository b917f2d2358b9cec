import Foundation
import Providers

/// Who is let in to one account, and when: the rules, as a value without clock or database.
///
/// The functions `providers.enter` and `providers.leave` do the same in one statement, so that all processes share one
/// row; tests hold them to this type step by step. Times are seconds.
public struct GateState: Sendable, Equatable {
    public var limits: GateLimits
    public var bucket: Bucket
    /// The calls under way, each with the moment at which its place falls free by itself.
    public var leases: [UUID: Double] = [:]
    /// How long a call takes, smoothed.
    public var callSeconds = 0.2
    public var blockedUntil: Double?
    /// Answers in a row that turned a call away.
    public var limited = 0
    public var turns: Turns
    public var breaker: Breaker

    // LIMIT: longer than any hiccup, shorter than anybody waits for a place that a dead process keeps.
    public static let leaseSeconds = 15.0

    public init(_ limits: GateLimits, at now: Double) {
        self.limits = limits
        bucket = Bucket(tokens: limits.rate?.burst ?? 0, at: now)
        turns = Turns(at: now)
        breaker = Breaker(at: now)
    }
}
