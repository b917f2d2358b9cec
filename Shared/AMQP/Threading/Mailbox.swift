import Glibc
import Synchronization

/// Jobs on their way to one thread. Raises the signal only when that thread sleeps.
final class Mailbox: Sendable {
    struct Letter: Sendable {
        var job: UnownedJob
        var executor: UnownedSerialExecutor
    }

    /// What the thread finds when it looks.
    struct Mail {
        var letters: [Letter]
        var driver: (any ThreadDriven)?
        var isStopped: Bool
    }

    private struct State {
        var letters: [Letter] = []
        weak var driver: (any ThreadDriven)?
        var isNudged = false
        var isSleeping = false
        var isStopped = false
    }

    private let state = Mutex(State())
    private let signal = WakeSignal()

    func post(_ job: UnownedJob, on executor: UnownedSerialExecutor) {
        change { $0.letters.append(Letter(job: job, executor: executor)) }
    }

    /// Asks for a turn without a job.
    func nudge() {
        change { $0.isNudged = true }
    }

    func drive(_ driver: any ThreadDriven) {
        change { $0.driver = driver }
    }

    func stop() {
        change { $0.isStopped = true }
    }

    func take() -> Mail {
        state.withLock { state in
            let mail = Mail(letters: state.letters, driver: state.driver, isStopped: state.isStopped)
            state.letters = []
            state.isNudged = false
            return mail
        }
    }

    /// Pauses the thread, unless something came in since `take`.
    func pause(_ wait: TurnWait) {
        let isQuiet = state.withLock { state in
            state.isSleeping = state.letters.isEmpty && !state.isNudged && !state.isStopped
            return state.isSleeping
        }
        guard isQuiet else { return }
        let events = Int16(POLLIN) | (wait.wantsToWrite ? Int16(POLLOUT) : 0)
        signal.wait(wait.timeout, or: wait.descriptor.map { ($0, events) })
        state.withLock { $0.isSleeping = false }
    }

    private func change(_ body: (inout State) -> Void) {
        let isSleeping = state.withLock { state in
            body(&state)
            defer { state.isSleeping = false }
            return state.isSleeping
        }
        if isSleeping { signal.raise() }
    }
}
