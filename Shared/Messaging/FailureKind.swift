import AMQP
import Postgres

/// Who is at fault, which decides between waiting, trying again later and giving a message up.
extension Error {
    /// The database or the broker: a delivery waits for them and uses up none of its tries.
    var isInfrastructure: Bool {
        switch self {
        // A queue or exchange that is not declared yet makes a publish unroutable: its owner is still starting. A log-in
        // that is refused is mended by whoever runs the platform.
        case let error as AMQPError: error.code != .tooLarge
        case let error as PostgresError: error.retryability != .doNotRetry && !error.isTimeLimit
        default: false
        }
    }

    /// The broker is well and does not take single messages: no exchange or queue is there for them, it is full, or they
    /// are larger than any may be.
    var isRefusedMessage: Bool {
        guard let error = self as? AMQPError else { return false }
        return [.unroutable, .notFound, .nacked, .tooLarge].contains(error.code)
    }

    /// One statement took too long, or waited too long for a row that somebody holds: what another message does may go
    /// through, so nobody waits for it in place.
    var isTimeLimit: Bool { (self as? PostgresError)?.isTimeLimit ?? false }

    /// The message itself: no wait will mend it.
    var isOfTheMessage: Bool { !isInfrastructure && !isTimeLimit && !(self is CancellationError) }
}
