import Foundation
import Glibc
import Logging
import Synchronization

/// The thread that runs the loop, from the client's start to its end.
final class CurlThread: Sendable {
    private struct State {
        var hasEnded = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    init(mailbox: CurlMailbox, limits: HTTPLimits, logger: Logger) {
        let thread = Thread { [self] in
            Self.blockPipeSignal()
            CurlLoop(mailbox: mailbox, limits: limits, logger: logger).run()
            end()
        }
        thread.name = "http-transport"
        thread.start()
    }

    /// Returns when the thread has freed everything.
    func ended() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.waiters.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func end() {
        let waiters = state.withLock { state in
            state.hasEnded = true
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// WHY: TLS libraries write without MSG_NOSIGNAL; a peer that closes must be an error, not the end of the process.
    private static func blockPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
