import CPostgreSQL

extension Session {
    /// Runs several statements given as one text, without parameters or results: a migration.
    ///
    /// The simple protocol is the one that takes a script, and it cannot be used in pipeline mode.
    func run(script: String) throws(PostgresError) {
        let deadline = deadline(statements: 1)
        isSynchronized = false
        guard PQexitPipelineMode(handle) == 1, PQsendQuery(handle, script) == 1 else { throw lost() }
        try flush(until: deadline)
        var failure: PostgresError?
        while let result = try nextResult(until: deadline) {
            switch result.status {
            case PGRES_FATAL_ERROR: failure = failure ?? PostgresError(result, statement: nil)
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                throw PostgresError(.statement, "COPY is not possible in a script")
            default: break
            }
        }
        guard PQenterPipelineMode(handle) == 1 else { throw failure ?? lost() }
        isSynchronized = true
        if let failure { throw failure }
    }
}
