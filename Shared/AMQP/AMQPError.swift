/// Why the broker connection could not do what was asked.
///
/// The text never holds a body, a header value or a password.
public struct AMQPError: Error, Sendable, Equatable {
    public enum Code: String, Sendable {
        /// No queue took the message; it was not stored.
        case unroutable
        /// The broker refused responsibility for the message, e.g. the queue is full.
        case nacked
        /// The connection ended.
        case connectionLost
        /// No connection could be opened.
        case notConnected
        /// The broker stopped all publishers for want of memory or disk.
        case blocked
        /// The publish did not finish in its time.
        case timeout
        case tooLarge
        /// The publisher or consumer was closed.
        case closed
        case accessRefused
        case notFound
        /// Something exists on the broker with other arguments.
        case preconditionFailed
        case tls
        case protocolError
        /// The broker is older than what is needed, or does not say what it is.
        case unsupportedBroker
        case invalidURL
    }

    public enum Retryability: Sendable, Equatable {
        /// Certainly nothing happened, or only what may happen again: try again later.
        case retry
        case doNotRetry
        /// The messages may have been stored.
        case unknownOutcome
    }

    public var code: Code
    public var message: String
    public var retryability: Retryability
    /// After `publish`: every message that was not confirmed. Those not listed here are stored.
    public var failures: [PublishFailure]

    public init(_ code: Code, _ message: String, _ retryability: Retryability, failures: [PublishFailure] = []) {
        self.code = code
        self.message = message
        self.retryability = retryability
        self.failures = failures
    }
}

/// What became of one unconfirmed message of a `publish` call.
public struct PublishFailure: Sendable, Equatable {
    public enum Reason: Sendable, Equatable {
        /// No queue took it, or its exchange does not exist.
        case unroutable
        case nacked
        /// Written, and never confirmed.
        case unknown
        /// Never written.
        case notSent
    }

    /// The position in the array given to `publish`.
    public var index: Int
    public var reason: Reason

    public init(index: Int, reason: Reason) {
        self.index = index
        self.reason = reason
    }
}

extension AMQPError: CustomStringConvertible {
    public var description: String { "\(code.rawValue): \(message)" }
}
