import CCurl
import Synchronization

/// An exchange on its way to the thread, with who waits for it.
struct CurlSubmission: Sendable {
    let id: CurlExchangeID
    let plan: CurlRequestPlan
    let continuation: CheckedContinuation<HTTPResponse, any Error>
}

/// What other tasks ask of the thread.
///
/// The multi handle is in here only to be woken: the lock orders that call against the handle's end.
final class CurlMailbox: Sendable {
    struct Work: Sendable {
        var submissions: [CurlSubmission] = []
        var cancellations: [CurlExchangeID] = []
        var isClosed = false
    }

    private struct State {
        var work = Work()
        // WHY: an address crosses threads; only the wake-up, which libcurl allows from anywhere, makes a pointer of it.
        var multiAddress: UInt?

        func wake() {
            guard let multiAddress else { return }
            curl_multi_wakeup(UnsafeMutableRawPointer(bitPattern: multiAddress))
        }
    }

    private let state = Mutex(State())

    func submit(_ submission: CurlSubmission) {
        let accepted = state.withLock { state in
            guard !state.work.isClosed else { return false }
            state.work.submissions.append(submission)
            state.wake()
            return true
        }
        guard accepted else { return submission.continuation.resume(throwing: HTTPTransportError.closed) }
    }

    /// Does nothing for an exchange that has ended.
    func cancel(_ id: CurlExchangeID) {
        state.withLock { state in
            state.work.cancellations.append(id)
            state.wake()
        }
    }

    func close() {
        state.withLock { state in
            state.work.isClosed = true
            state.wake()
        }
    }

    /// Called by the thread, once its handle can be woken.
    func attach(_ multi: UnsafeMutableRawPointer) {
        let address = UInt(bitPattern: multi)
        state.withLock { $0.multiAddress = address }
    }

    /// Called by the thread before it frees its handle.
    func detach() {
        state.withLock { $0.multiAddress = nil }
    }

    /// Hands over what has come since the last call.
    func take() -> Work {
        state.withLock { state in
            let taken = state.work
            state.work = Work(isClosed: taken.isClosed)
            return taken
        }
    }
}

extension HTTPTransportError {
    static let closed = HTTPTransportError(code: .closed, message: "the client was shut down", wasSent: false)
}
