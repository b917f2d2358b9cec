import Commerce
import Foundation
import Synchronization

/// What this process knows about full accounts: of its callers that wait for the same place one asks, the others wait
/// for what it is told. It spares the database questions whose answer is known.
final class Crowd: Sendable {
    private struct Key: Hashable {
        let account: String
        let priority: CallPriority
    }

    private let askAgainAt = Mutex<[Key: ContinuousClock.Instant]>([:])
    /// While one asks, the others hold back so long.
    private static let asking = Duration.milliseconds(50)

    /// How long to hold back; nil lets the caller ask, and holds others back meanwhile where it is dense.
    func wait(_ account: String, _ priority: CallPriority, at now: ContinuousClock.Instant) -> Duration? {
        askAgainAt.withLock { known in
            let key = Key(account: account, priority: priority)
            guard let moment = known[key] else { return nil }
            if moment > now { return moment - now }
            known[key] = now + Self.asking
            return nil
        }
    }

    func isDense(_ account: String, _ priority: CallPriority, until moment: ContinuousClock.Instant) {
        askAgainAt.withLock { $0[Key(account: account, priority: priority)] = moment }
    }

    func isThin(_ account: String, _ priority: CallPriority) {
        askAgainAt.withLock { _ = $0.removeValue(forKey: Key(account: account, priority: priority)) }
    }

    /// A place fell free: whoever asks first may have it.
    func isThin(_ account: String) {
        for priority in CallPriority.allCases { isThin(account, priority) }
    }
}
