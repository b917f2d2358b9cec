import CRabbitMQ
import Glibc

/// An eventfd: raised by any thread, seen by the one thread that polls it.
final class WakeSignal: Sendable {
    let descriptor: Int32

    init() {
        descriptor = stateset_signal_open()
        precondition(descriptor >= 0, "the process has no file descriptor left for an eventfd")
    }

    deinit {
        Glibc.close(descriptor)
    }

    func raise() {
        // A full counter (EAGAIN) is a raised signal too.
        _ = stateset_signal_raise(descriptor)
    }

    /// Waits until raised, until `other` is ready, or for `timeout`; `nil` waits without end. Lowers the signal.
    func wait(_ timeout: Duration?, or other: (descriptor: Int32, events: Int16)? = nil) {
        var polled = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
        if let other { polled.append(pollfd(fd: other.descriptor, events: other.events, revents: 0)) }
        _ = poll(&polled, nfds_t(polled.count), timeout.map(Self.milliseconds) ?? -1)
        guard polled[0].revents != 0 else { return }
        _ = stateset_signal_lower(descriptor)
    }

    /// Rounded up, so that a deadline has passed when the wait ends.
    private static func milliseconds(_ timeout: Duration) -> Int32 {
        let (seconds, attoseconds) = timeout.components
        guard seconds < 86_400 else { return 86_400_000 }
        return max(0, Int32(seconds) * 1_000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}
