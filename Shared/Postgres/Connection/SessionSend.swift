import CPostgreSQL

extension Session {
    /// Queues deallocations, preparations and statements, and marks the end of the pipeline.
    func send(_ batch: [SQL]) throws(PostgresError) -> [ExchangeStep] {
        var steps: [ExchangeStep] = []
        steps.reserveCapacity(batch.count + 2)
        try deallocateDiscarded(&steps)
        var names: [StatementCache.Key: String] = [:]
        for sql in batch {
            let key = StatementCache.Key(sql)
            let known = statements.find(key)
            if known == nil, names[key] == nil { names[key] = try prepare(key, &steps) }
            guard let name = known?.name ?? names[key] else { continue }
            try execute(sql, name: name)
            steps.append(.execute(key, known?.columns))
        }
        try check(PQpipelineSync(handle))
        return steps
    }

    /// A failed transaction would refuse this, so it waits for the next one.
    private func deallocateDiscarded(_ steps: inout [ExchangeStep]) throws(PostgresError) {
        if PQtransactionStatus(handle) == PQTRANS_INERROR { return }
        for name in statements.takeDiscarded() {
            try check(PQsendQueryParams(handle, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 0))
            steps.append(.deallocate(name))
        }
    }

    private func prepare(
        _ key: StatementCache.Key, _ steps: inout [ExchangeStep]
    ) throws(PostgresError) -> String {
        let name = statements.makeName()
        let types = key.types.map(\.rawValue)
        try check(PQsendPrepare(handle, name, key.text, Int32(types.count), types))
        steps.append(.prepare(key, name: name))
        return name
    }

    private func execute(_ sql: SQL, name: String) throws(PostgresError) {
        let count = Int32(sql.binds.count)
        try check(
            ParameterBuffer.withPointers(to: sql.binds) { pointers in
                PQsendQueryPrepared(
                    handle, name, count, pointers.values, pointers.lengths, pointers.formats, ParameterBuffer.binary)
            })
    }

    /// libpq refuses to queue when the connection is gone, or a statement breaks a limit of the protocol.
    private func check(_ result: Int32) throws(PostgresError) {
        if result == 1 { return }
        throw PQstatus(handle) == CONNECTION_OK
            ? PostgresError(.statement, Self.firstLine(PQerrorMessage(handle))) : lost()
    }

    /// Pushes everything out, and reads meanwhile: a server that cannot get rid of its answers would stop reading.
    func flush(until deadline: Deadline) throws(PostgresError) {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1:
                let isReadable = try wait(for: .readAndWrite, until: deadline).canRead
                if isReadable && PQconsumeInput(handle) != 1 { return }
            default: return
            }
        }
    }
}
