/// What went wrong between this program and the database.
///
/// Guarantees: nothing in it holds a parameter or a stored value, so it may be logged.
public struct PostgresError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        /// The URL or a setting is malformed.
        case configuration
        /// No connection could be made.
        case unreachable
        /// The connection ended before COMMIT was sent: nothing was applied.
        case connectionLost = "connection_lost"
        /// The connection ended while COMMIT was under way: it may have been applied.
        case commitUnknown = "commit_unknown"
        /// The server refused the statement; see `sqlState`.
        case server
        /// The transaction had failed before its COMMIT, and was rolled back.
        case transactionAborted = "transaction_aborted"
        /// A transaction was used after its body returned.
        case transactionEnded = "transaction_ended"
        /// A statement has more parameters than the protocol can carry.
        case statement
        /// A cell does not hold what was asked of it.
        case decoding
        case poolClosed = "pool_closed"
        /// Too many tasks wait for a connection.
        case poolExhausted = "pool_exhausted"
        /// The recorded migrations and the declared ones do not agree.
        case migration
    }

    public enum Retryability: String, Sendable {
        /// Certainly not applied, and may go better later.
        case retry
        /// Repeating it gives the same error.
        case doNotRetry
        /// May have been applied: look, then decide.
        case unknownOutcome
    }

    public let code: Code
    public let message: String

    /// The five characters of the server's error code, when it sent one.
    public internal(set) var sqlState: String?
    public internal(set) var retryability: Retryability

    /// The violated constraint, and the schema object the server names.
    public internal(set) var constraint: String?
    public internal(set) var table: String?
    public internal(set) var column: String?

    /// The text of the statement; its parameters are not part of it.
    public internal(set) var statement: String?

    var recovery: Recovery

    init(_ code: Code, _ message: String, retryability: Retryability = .doNotRetry, recovery: Recovery = .none) {
        self.code = code
        self.message = message
        self.retryability = retryability
        self.recovery = recovery
    }

    public var isUniqueViolation: Bool { sqlState == "23505" }

    /// A statement or its wait for a lock took too long. The database is well: the next statement may go through.
    public var isTimeLimit: Bool { sqlState == "57014" || sqlState == "55P03" }

    public var description: String {
        let state = sqlState.map { " \($0)" } ?? ""
        let place = statement.map { " in: \($0.prefix(200))" } ?? ""
        return "postgres \(code.rawValue)\(state): \(message)\(place)"
    }
}
