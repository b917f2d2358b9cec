import Commerce
import Synchronization

/// The token bucket of every workspace, in this process: with several replicas the rate is that of each.
///
/// Holds as many buckets as there are workspaces; ids that do not exist never get here.
final class WorkspaceRates: Sendable {
    private let buckets = Mutex<[WorkspaceID: TokenBucket]>([:])
    private let time: @Sendable () -> ContinuousClock.Instant

    init(time: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.time = time
    }

    func admits(_ workspace: WorkspaceID, ratePerSecond: Int) -> Bool {
        let now = time()
        return buckets.withLock { buckets in
            buckets[workspace, default: TokenBucket(ratePerSecond: ratePerSecond, at: now)]
                .take(ratePerSecond: ratePerSecond, at: now)
        }
    }
}
