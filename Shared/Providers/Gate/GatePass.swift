import Foundation

/// The permission for one call.
public struct GatePass: Sendable {
    public let lane: GateLane
    /// Names the place that the call takes.
    public let lease: UUID
    public let enteredAt: ContinuousClock.Instant
    /// What was left when the call was let in, to know whether an answer has news.
    public let tokensLeft: Double?
    /// Failed calls in a row before this one.
    public let failures: Int
    /// Whether a place, or the word of how it went, is awaited in any case.
    public let isAwaited: Bool

    public init(
        lane: GateLane, lease: UUID, enteredAt: ContinuousClock.Instant = .now, tokensLeft: Double? = nil,
        failures: Int = 0, isAwaited: Bool = true
    ) {
        self.lane = lane
        self.lease = lease
        self.enteredAt = enteredAt
        self.tokensLeft = tokensLeft
        self.failures = failures
        self.isAwaited = isAwaited
    }

    /// Whether the report changes anything: a success that the gate expected does not, and costs no statement.
    public func hasNews(_ report: CallReport) -> Bool {
        guard !isAwaited, failures == 0, report.outcome == .answered, report.retryAfter == nil else { return true }
        guard let told = report.tokensLeft, let tokensLeft else { return report.tokensLeft != nil }
        // WHY: the provider counts calls that came in meanwhile, so its number is a little lower as a rule.
        return told < tokensLeft - 2
    }
}
