import Foundation
import UnixSignals

/// Lets Ctrl-C clean up before it ends the process.
enum InterruptGuard {
    /// Runs the body; on SIGINT or SIGTERM instead runs `onInterrupt` and ends the process as the signal would.
    static func run<R: Sendable>(
        _ body: @escaping @Sendable () async throws -> R, onInterrupt: @escaping @Sendable () async -> Void
    ) async throws -> R {
        try await withThrowingTaskGroup(of: R?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                for await signal in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
                    await onInterrupt()
                    exit(128 + (signal == .sigint ? SIGINT : SIGTERM))
                }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }
}
