import Foundation
import HTTPTransport
import Synchronization

/// A mail server under a test's control: answers one thing after another, and takes everything once they are used up.
final class TestMailServer: MailClient {
    enum Behaviour: Sendable {
        case answer(Int, String)
        case fail(HTTPTransportError)
    }

    private struct State {
        var behaviours: [Behaviour] = []
        var mails: [MailSubmission] = []
        /// Whose mails are taken only once they are released.
        var slow: Set<String> = []
        var held: [CheckedContinuation<Void, Never>] = []
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var received: [MailSubmission] { state.withLock { $0.mails } }

    func next(_ behaviours: Behaviour...) {
        state.withLock { $0.behaviours += behaviours }
    }

    /// Takes its time with what goes to an address.
    func hold(_ recipient: String) {
        state.withLock { _ = $0.slow.insert(recipient) }
    }

    func release() {
        let held = state.withLock { state in
            state.slow = []
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    /// Returns once so many mails have come.
    func received(atLeast count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.mails.count >= count { return true }
                state.waiters.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func send(_ mail: MailSubmission) async throws -> MailAnswer {
        let met = state.withLock { state in
            state.mails.append(mail)
            let count = state.mails.count
            let met = state.waiters.filter { $0.count <= count }
            state.waiters.removeAll { $0.count <= count }
            return met
        }
        for waiter in met { waiter.continuation.resume() }
        await hold(while: mail.recipient)
        switch state.withLock({ $0.behaviours.isEmpty ? nil : $0.behaviours.removeFirst() }) {
        case .answer(let code, let text)?: return MailAnswer(code: code, text: text)
        case .fail(let error)?: throw error
        case nil: return MailAnswer(code: 250, text: "250 2.0.0 OK queued")
        }
    }

    private func hold(while recipient: String) async {
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                guard state.slow.contains(recipient) else { return false }
                state.held.append(continuation)
                return true
            }
            if !isHeld { continuation.resume() }
        }
    }
}
