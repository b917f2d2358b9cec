/// What an operator can do to a saga, and when.
public enum SagaVerb: String, Sendable, CaseIterable {
    case retry, cancel, restart, signal

    /// The verbs that make sense in a state: what an API error lists as `allowed`.
    public static func allowed(in status: SagaStatus, pivoted: Bool) -> [SagaVerb] {
        allCases.filter { $0.isAllowed(in: status, pivoted: pivoted) }
    }

    public func isAllowed(in status: SagaStatus, pivoted: Bool) -> Bool {
        switch self {
        case .retry: [.stuck, .diverged].contains(status)
        case .cancel: !pivoted && [.running, .waiting, .paused, .stuck].contains(status)
        case .restart: [.compensated, .cancelled, .terminated, .failed, .diverged].contains(status)
        case .signal: !status.isTerminal
        }
    }
}
