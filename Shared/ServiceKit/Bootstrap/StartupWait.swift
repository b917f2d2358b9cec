import Logging
import ServiceLifecycle

/// Waits at start for what the process needs: it may come up later than the process does.
struct StartupWait: Sendable {
    /// LIMIT: long enough not to hammer what comes up, short enough that a start is not noticeably later.
    private static let pauseMax = Duration.seconds(5)

    let logger: Logger
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// Returns true when all checks have passed, false when the process was asked to stop before.
    ///
    /// Failure: `CancellationError` when the process is cancelled.
    func until(_ checks: [HealthCheck]) async throws -> Bool {
        do {
            try await cancelWhenGracefulShutdown { try await wait(for: checks) }
            return true
        } catch is CancellationError where Task.isShuttingDownGracefully {
            return false
        }
    }

    private func wait(for checks: [HealthCheck]) async throws {
        let health = Health(timeout: .seconds(10))
        for check in checks { health.register(check) }
        var pause = Duration.milliseconds(200)
        while true {
            let failing = await health.report().failing
            try Task.checkCancellation()
            guard let first = failing.first else { return }
            logger.notice(
                "waiting at start",
                metadata: ["for": .array(failing.map { "\($0.check)" }), "error": "\(first.reason)"])
            try await sleep(pause * Double.random(in: 0.8...1.2))
            pause = min(pause * 2, Self.pauseMax)
        }
    }
}
