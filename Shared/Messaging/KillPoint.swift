import Synchronization

/// A place where a crash is most likely to lose or to double something, and where tests make the process die.
///
/// Compiled in, and off unless ``arm(plan:)`` was called at start: a place then costs one relaxed load.
public enum KillPoint: String, CaseIterable, Sendable {
    /// The provider has acted; the database does not know yet.
    case providerActed = "provider-acted"
    /// Everything is committed and every reply confirmed; the delivery is not acknowledged.
    case committed = "committed-not-acknowledged"
    /// Outbox rows are committed; none of their messages is published.
    case outboxCommitted = "outbox-not-published"
    /// Timers are claimed; their messages are not committed.
    case timersClaimed = "timers-claimed"
    /// An undo is about to be sent; nothing of that is committed.
    case compensating = "compensating"

    private static let isArmed = Atomic(false)
    private static let plan = Mutex<KillPlan?>(nil)

    /// Makes this process die at the points that the file names, which may change and come and go while it runs.
    public static func arm(plan path: String) {
        plan.withLock { $0 = KillPlan(path: path) }
        isArmed.store(true, ordering: .relaxed)
    }

    /// The process is at this point: the call returns, or the process ends here as by a power cut.
    public func reach() {
        guard Self.isArmed.load(ordering: .relaxed) else { return }
        Self.plan.withLock { $0 }?.reach(self)
    }
}
