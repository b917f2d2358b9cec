import Synchronization

/// Who waits when an account at a provider is busy; the lower goes first.
public enum CallPriority: Int, Sendable, Comparable, CaseIterable {
    /// Goes on with work that has called already: sent away now, its earlier calls would have been in vain.
    case continuing = 0
    /// A customer's order waits for it.
    case customer = 1
    /// Polls and other reading that nobody waits for.
    case bulk = 2

    public static func < (left: CallPriority, right: CallPriority) -> Bool { left.rawValue < right.rawValue }
}

/// One piece of work that makes calls to providers, such as the handling of one command.
///
/// Calls made outside of any are `bulk`.
public final class ProviderWork: Sendable {
    @TaskLocal public static var current: ProviderWork?

    private let first: CallPriority
    private let hasCalled = Atomic(false)

    public init(_ priority: CallPriority) {
        first = priority
    }

    /// Of the next call: one step up once a call was let through, so that bulk work never overtakes customers who go on.
    public var priority: CallPriority {
        guard hasCalled.load(ordering: .relaxed) else { return first }
        return first == .bulk ? .customer : .continuing
    }

    /// A call was let through.
    public func noteCall() {
        hasCalled.store(true, ordering: .relaxed)
    }
}
