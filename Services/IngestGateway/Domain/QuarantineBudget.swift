import Commerce

/// How many refused requests are stored one by one, so that somebody who sends nonsense cannot fill the disk.
///
/// What goes beyond the budget is counted by workspace, provider and reason, and nothing else of it is kept.
struct QuarantineBudget: Sendable {
    // LIMIT: 20 a minute with 16 KiB of body each are at most 450 MB a day and workspace, and plenty to see the cause.
    static let storedPerMinute = 20

    struct Kind: Hashable, Sendable {
        var workspaceID: WorkspaceID
        var provider: String
        var reason: Rejection
    }

    private var minute: ContinuousClock.Instant
    private var stored: [WorkspaceID: Int] = [:]
    private var suppressed: [Kind: Int] = [:]

    init(at now: ContinuousClock.Instant) {
        minute = now
    }

    /// Whether this one may be stored; it is counted otherwise.
    mutating func admits(_ kind: Kind, at now: ContinuousClock.Instant) -> Bool {
        if minute.duration(to: now) >= .seconds(60) {
            minute = now
            stored = [:]
        }
        guard stored[kind.workspaceID, default: 0] < Self.storedPerMinute else {
            suppressed[kind, default: 0] += 1
            return false
        }
        stored[kind.workspaceID, default: 0] += 1
        return true
    }

    /// What was only counted since the last call.
    mutating func takeSuppressed() -> [Kind: Int] {
        defer { suppressed = [:] }
        return suppressed
    }
}
