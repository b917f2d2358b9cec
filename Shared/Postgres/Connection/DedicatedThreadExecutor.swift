import Dispatch
import Foundation
import Synchronization

/// Runs the jobs of one actor on a thread of its own, in order, so that a blocking wait holds up nothing else.
///
/// As a task executor it also runs the code that uses the actor, which then needs no switch of threads to call it.
///
/// The thread ends when the executor is released; jobs keep the executor alive.
final class DedicatedThreadExecutor: SerialExecutor, TaskExecutor {
    private let mailbox = Mailbox()

    init(name: String) {
        let mailbox = mailbox
        let thread = Thread { mailbox.runJobs() }
        thread.name = name
        thread.stackSize = Self.stackSize
        thread.start()
    }

    deinit {
        mailbox.post(.stop)
    }

    /// LIMIT: what threads have by default on Linux. Bodies of transactions run here, and decoding JSON as deeply nested
    /// as Foundation allows (512) takes more than a tenth of it. Only what is touched takes memory.
    private static let stackSize = 8 << 20

    func enqueue(_ job: consuming ExecutorJob) {
        mailbox.post(.run(UnownedJob(job), self))
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    func asUnownedTaskExecutor() -> UnownedTaskExecutor {
        UnownedTaskExecutor(ordinary: self)
    }
}

/// The jobs that wait for the thread. Its length is bounded by its users: a leased connection has one task.
private final class Mailbox: Sendable {
    enum Message: Sendable {
        case run(UnownedJob, DedicatedThreadExecutor)
        case stop
    }

    private let messages = Mutex<[Message]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    func post(_ message: Message) {
        messages.withLock { $0.append(message) }
        arrivals.signal()
    }

    func runJobs() {
        while case .run(let job, let executor) = next() {
            job.runSynchronously(
                isolatedTo: executor.asUnownedSerialExecutor(), taskExecutor: executor.asUnownedTaskExecutor())
        }
    }

    private func next() -> Message {
        arrivals.wait()
        return messages.withLock { $0.removeFirst() }
    }
}
