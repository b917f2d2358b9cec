/// What an operator can do to a saga, and when.
public enum SagaVerb: String, Sendable, CaseIterable {
    case pause, resume, retry, skip, signal
    case fireTimer = "fire-timer"
    case cancel, terminate, restart

    /// The verbs that make sense in a state: what an API error lists as `allowed`.
    public static func allowed(in status: SagaStatus, pivoted: Bool) -> [SagaVerb] {
        allCases.filter { $0.isAllowed(in: status, pivoted: pivoted) }
    }

    public func isAllowed(in status: SagaStatus, pivoted: Bool) -> Bool {
        switch self {
        case .pause: [.running, .waiting, .compensating, .stuck].contains(status)
        case .resume: status == .paused
        case .retry: [.stuck, .diverged].contains(status)
        case .skip, .fireTimer: [.waiting, .compensating, .stuck].contains(status)
        case .signal, .terminate: !status.isTerminal
        case .cancel: !pivoted && [.running, .waiting, .paused, .stuck].contains(status)
        case .restart: [.compensated, .cancelled, .terminated, .failed, .diverged].contains(status)
        }
    }
}
