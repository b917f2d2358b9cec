import AMQP
import Postgres

/// Who is at fault, which decides between waiting, trying again later and giving a message up.
extension Error {
    /// The database or the broker: a delivery waits for them and uses up none of its tries.
    var isInfrastructure: Bool {
        switch self {
        // A queue that is not declared yet makes a publish unroutable: its owner is still starting.
        case let error as AMQPError: error.code == .unroutable || error.retryability != .doNotRetry
        case let error as PostgresError: error.retryability != .doNotRetry
        default: false
        }
    }

    /// The broker is well and does not take single messages: no queue is there for them, or it is full.
    var isRefusedMessage: Bool {
        guard let error = self as? AMQPError else { return false }
        return error.code == .unroutable || error.code == .nacked
    }

    /// The message itself: no wait will mend it.
    var isOfTheMessage: Bool { !isInfrastructure && !(self is CancellationError) }
}
