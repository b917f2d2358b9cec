import CPostgreSQL

extension Session {
    /// Sends all statements in one pipeline and reads all results: one round trip, preparations included.
    ///
    /// Outside a transaction block the statements are one implicit transaction. The first error ends the pipeline:
    /// statements behind it are not run.
    func exchange(_ batch: [SQL]) throws(PostgresError) -> [ResultTable] {
        let deadline = deadline(statements: batch.count)
        isSynchronized = false
        let steps = try send(batch)
        try flush(until: deadline)
        let outcome = try receive(steps, until: deadline)
        isSynchronized = true
        if let failure = outcome.failure {
            if failure.recovery == .prepareAgain { statements.removeAll() }
            throw failure
        }
        return outcome.tables
    }
}

/// What an exchange waits for, in the order in which it was sent.
enum ExchangeStep {
    case deallocate(String)
    case prepare(StatementCache.Key, name: String)
    case execute(StatementCache.Key, ColumnTable?)

    /// The statement's text, for messages.
    var text: String? {
        switch self {
        case .deallocate: nil
        case .prepare(let key, _), .execute(let key, _): key.text
        }
    }
}
