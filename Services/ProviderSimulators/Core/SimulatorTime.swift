import Foundation

/// Real time, injected so that tests need not wait for it.
///
/// A provider lives outside the platform: it uses real time, never the platform's adjustable offset.
struct SimulatorTime: Sendable {
    var now: @Sendable () -> Date
    private let clock: any Clock<Duration>

    init(clock: any Clock<Duration> = ContinuousClock(), now: @escaping @Sendable () -> Date = { Date.now }) {
        self.clock = clock
        self.now = now
    }

    /// Waits. False when the wait was cut short because the process is stopping.
    func sleep(_ duration: Duration) async -> Bool {
        do {
            try await clock.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }
}
