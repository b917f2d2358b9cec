import CRabbitMQ
import Foundation
import Glibc
import Synchronization

/// A serial executor that is one thread of its own, for an actor that calls a blocking C library.
///
/// The thread runs posted jobs, then gives its driver a turn, then sleeps on the driver's socket and its mailbox.
/// It ends when the executor is released, which is when its actor is.
final class ConnectionThread: SerialExecutor {
    private let mailbox = Mailbox()
    private let identity = Identity()

    init(name: String) {
        let thread = Thread { [mailbox, identity] in
            identity.value.store(pthread_self(), ordering: .releasing)
            while let wait = Self.round(mailbox) { mailbox.pause(wait) }
        }
        thread.name = name
        thread.start()
    }

    deinit {
        mailbox.stop()
    }

    /// Gives `driver` its turns from now on. It is not kept alive.
    func drive(_ driver: any ThreadDriven) {
        mailbox.drive(driver)
    }

    /// Asks for a turn; cheap when the thread is awake.
    func nudge() {
        mailbox.nudge()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        mailbox.post(UnownedJob(job), on: asUnownedSerialExecutor())
    }

    func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "called outside of its connection's thread")
    }

    func isIsolatingCurrentContext() -> Bool? {
        identity.value.load(ordering: .acquiring) == pthread_self()
    }

    /// One look at the mailbox; `nil` when the thread is to end.
    ///
    /// A function of its own, so that the driver is let go of before the thread sleeps and can be released meanwhile.
    private static func round(_ mailbox: Mailbox) -> TurnWait? {
        let mail = mailbox.take()
        for letter in mail.letters { letter.job.runSynchronously(on: letter.executor) }
        return mail.isStopped ? nil : mail.driver?.turn() ?? .forever
    }

    /// Shared with the thread, which must not keep the executor alive.
    private final class Identity: Sendable {
        let value = Atomic<pthread_t>(0)
    }
}
