import CPostgreSQL

extension Session {
    /// Reads the results of all steps and the end of the pipeline. Throws when the connection is lost; an error of a
    /// statement is returned, because what follows it in the stream is still to be read.
    func receive(
        _ steps: [ExchangeStep], until deadline: Deadline
    ) throws(PostgresError) -> (tables: [ResultTable], failure: PostgresError?) {
        var tables: [ResultTable] = []
        tables.reserveCapacity(steps.count)
        var failure: PostgresError?
        for step in steps {
            let result = try result(until: deadline, failure)
            switch result.status {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                succeed(step, result, &tables)
            case PGRES_PIPELINE_ABORTED:
                skip(step)
            case PGRES_FATAL_ERROR:
                failure = failure ?? PostgresError(result, statement: step.text)
                skip(step)
            default:
                throw PostgresError(.statement, "COPY is not possible in a pipeline")
            }
            if try nextResult(until: deadline) != nil { throw failure ?? lost() }
        }
        let end = try result(until: deadline, failure)
        guard end.status == PGRES_PIPELINE_SYNC else { throw failure ?? PostgresError(end, statement: nil) }
        return (tables, failure)
    }

    /// The next result of libpq; `nil` ends the results of one statement.
    ///
    /// WHY: a failed read is not an error yet. The server's farewell may have been read before it, and libpq hands
    /// that out first.
    func nextResult(until deadline: Deadline) throws(PostgresError) -> RawResult? {
        while PQisBusy(handle) == 1 {
            _ = try wait(for: .read, until: deadline)
            if PQconsumeInput(handle) != 1 { break }
        }
        guard let pointer = PQgetResult(handle) else { return nil }
        return RawResult(pointer: pointer)
    }

    private func result(until deadline: Deadline, _ failure: PostgresError?) throws(PostgresError) -> RawResult {
        guard let result = try nextResult(until: deadline) else { throw failure ?? lost() }
        return result
    }

    private func succeed(_ step: ExchangeStep, _ result: borrowing RawResult, _ tables: inout [ResultTable]) {
        switch step {
        case .deallocate: break
        case .prepare(let key, let name): statements.insert(key, name: name)
        case .execute(let key, let columns):
            let table = ResultTable(result, columns: columns)
            if columns == nil { statements.setColumns(table.columns, of: key) }
            tables.append(table)
        }
    }

    private func skip(_ step: ExchangeStep) {
        if case .deallocate(let name) = step { statements.discard(name) }
    }
}
