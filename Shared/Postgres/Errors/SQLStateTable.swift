/// What a pool does by itself about a failed transaction.
enum Recovery: Hashable, Sendable {
    case none
    /// Runs the transaction again on the same connection: a conflict with another one.
    case repeatTransaction
    /// Runs it again on a fresh connection.
    case reconnect
    /// Prepares its statements anew and runs it again: a migration changed what they return.
    case prepareAgain
}

/// The one table from the server's error codes to what may be done about them.
enum SQLStateTable {
    typealias Entry = (retryability: PostgresError.Retryability, recovery: Recovery)

    static func entry(_ state: String) -> Entry {
        byState[state] ?? byClass[String(state.prefix(2))] ?? (.doNotRetry, .none)
    }

    private static let byState: [String: Entry] = [
        "40001": (.retry, .repeatTransaction),  // serialization_failure
        "40P01": (.retry, .repeatTransaction),  // deadlock_detected
        "55P03": (.retry, .none),  // lock_not_available: lock_timeout has passed
        "55006": (.retry, .none),  // object_in_use
        "57014": (.retry, .none),  // query_canceled: statement_timeout has passed
        "57P01": (.retry, .reconnect),  // admin_shutdown
        "57P02": (.retry, .reconnect),  // crash_shutdown
        "57P03": (.retry, .reconnect),  // cannot_connect_now
        "57P05": (.retry, .reconnect),  // idle_session_timeout
        "25006": (.retry, .reconnect),  // read_only_sql_transaction: a primary that was demoted
        "25P02": (.doNotRetry, .none),  // in_failed_sql_transaction: the first failure counts
        "25P03": (.doNotRetry, .none),  // idle_in_transaction_session_timeout: the body is too slow
        "26000": (.retry, .prepareAgain),  // invalid_sql_statement_name
        "40003": (.unknownOutcome, .none),  // statement_completion_unknown
    ]

    private static let byClass: [String: Entry] = [
        "08": (.retry, .reconnect),  // connection exception
        "53": (.retry, .none),  // insufficient resources
        "58": (.retry, .none),  // system error
    ]

    /// What the server says (under 0A000, feature_not_supported) of a plan that a migration has outdated.
    static func isStalePlan(state: String, message: String) -> Bool {
        state == "0A000" && message.hasPrefix("cached plan must not change result type")
    }
}
