import Synchronization

/// Whether the process can do its work now: the checks that were registered, and whether it is shutting down.
public final class Health: Sendable {
    private struct State {
        var checks: [HealthCheck] = []
        var isDraining = false
    }

    /// LIMIT: a probe waits this long for a check; whoever asks usually gives up after a few seconds.
    private let timeout: Duration
    private let state = Mutex(State())

    public init(timeout: Duration = .seconds(2)) {
        self.timeout = timeout
    }

    /// Adds a check to readiness.
    public func register(_ check: HealthCheck) {
        state.withLock { $0.checks.append(check) }
    }

    /// From now on the process is not ready: it finishes what it has begun and takes nothing new.
    public func beginDraining() {
        state.withLock { $0.isDraining = true }
    }

    /// Runs all checks side by side.
    public func report() async -> HealthReport {
        let (checks, isDraining) = state.withLock { ($0.checks, $0.isDraining) }
        guard !isDraining else {
            return HealthReport(failing: [HealthReport.Failure(check: "shutdown", reason: "the process is stopping")])
        }
        let failures = await withTaskGroup(of: HealthReport.Failure?.self) { group in
            for check in checks {
                group.addTask { [timeout] in await check.failure(within: timeout) }
            }
            return await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        return HealthReport(failing: failures.sorted { $0.check < $1.check })
    }
}
