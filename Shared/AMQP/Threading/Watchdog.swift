import CRabbitMQ
import Foundation
import Glibc
import Synchronization

/// Cuts the socket of a connection whose C call hangs: the library waits without end for a broker that stops reading.
///
/// One thread for all connections; it sleeps without a timer while there are none.
final class Watchdog: Sendable {
    static let shared = Watchdog()

    // LIMIT: longer than any healthy call, shorter than a consumer's or publisher's patience.
    static let callMax = Duration.seconds(10)
    private static let interval = Duration.seconds(1)

    private let watched = Mutex<[ObjectIdentifier: Watch]>([:])
    private let signal = WakeSignal()

    private init() {
        let thread = Thread { [self] in patrol() }
        thread.name = "amqp-watchdog"
        thread.start()
    }

    /// Begins to guard a socket. The caller ends the watch before it closes the socket.
    func watch(_ descriptor: Int32) -> Watch {
        let watch = Watch(descriptor)
        watched.withLock { $0[ObjectIdentifier(watch)] = watch }
        signal.raise()
        return watch
    }

    /// After this the descriptor is never touched again.
    func end(_ watch: Watch) {
        watched.withLock { $0[ObjectIdentifier(watch)] = nil }
    }

    private func patrol() {
        while true {
            let isIdle = watched.withLock { watches in
                // Under the lock, so that a descriptor closed and used anew is never hit.
                for watch in watches.values where watch.isHanging(at: .now) {
                    shutdown(watch.descriptor, Int32(SHUT_RDWR))
                }
                return watches.isEmpty
            }
            signal.wait(isIdle ? nil : Self.interval)
        }
    }
}

/// One socket under guard; its owner brackets every C call.
final class Watch: Sendable {
    let descriptor: Int32
    private let origin = ContinuousClock.now
    /// Nanoseconds after `origin` at which the running call began; 0 while none runs.
    private let began = Atomic<Int64>(0)

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    func begin() {
        began.store(nanoseconds(at: .now), ordering: .relaxed)
    }

    func end() {
        began.store(0, ordering: .relaxed)
    }

    func isHanging(at now: ContinuousClock.Instant) -> Bool {
        let began = began.load(ordering: .relaxed)
        return began != 0 && .nanoseconds(nanoseconds(at: now) - began) > Watchdog.callMax
    }

    private func nanoseconds(at instant: ContinuousClock.Instant) -> Int64 {
        let (seconds, attoseconds) = (instant - origin).components
        return max(1, seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
