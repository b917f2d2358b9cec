import Foundation

/// Waiting on a socket by `poll`.
enum Socket {
    struct Readiness {
        let canRead: Bool
        let canWrite: Bool
    }

    enum Interest {
        case read, write, readAndWrite

        fileprivate var events: Int16 {
            switch self {
            case .read: Int16(POLLIN)
            case .write: Int16(POLLOUT)
            case .readAndWrite: Int16(POLLIN | POLLOUT)
            }
        }
    }

    /// Waits until the socket is ready or has failed (which counts as readable); `nil` when the deadline passes.
    static func wait(_ descriptor: Int32, for interest: Interest, until deadline: Deadline) -> Readiness? {
        var entry = pollfd(fd: descriptor, events: interest.events, revents: 0)
        while true {
            let count = poll(&entry, 1, deadline.pollTimeout)
            if count == 0 { return nil }
            if count < 0, errno == EINTR { continue }
            let events = Int32(entry.revents)
            let hasFailed = count < 0 || events & (POLLERR | POLLHUP | POLLNVAL) != 0
            return Readiness(canRead: hasFailed || events & POLLIN != 0, canWrite: events & POLLOUT != 0)
        }
    }

    /// Whether anything has arrived, an end of the stream included.
    static func hasInput(_ descriptor: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) != 0
    }
}
