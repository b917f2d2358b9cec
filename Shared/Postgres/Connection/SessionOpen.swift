import CPostgreSQL

extension Session {
    /// Connects and logs in within the configured time.
    ///
    /// Failure: `unreachable`; to be retried unless the server refuses the log-in or the database's name.
    static func open(_ configuration: PostgresConfiguration) throws(PostgresError) -> Session {
        guard let handle = start(configuration.parameters) else {
            throw PostgresError(.unreachable, "out of memory", retryability: .retry)
        }
        let session = Session(handle: handle, configuration: configuration)
        // WHY: only the verbose form of a failed log-in's message holds its SQLSTATE.
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        try session.finishConnecting(until: .after(configuration.connectTimeout))
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else { throw session.unreachable() }
        return session
    }

    private static func start(_ parameters: [(name: String, value: String)]) -> OpaquePointer? {
        CStringArray.withPointers(to: parameters.map(\.name)) { names in
            CStringArray.withPointers(to: parameters.map(\.value)) { values in
                PQconnectStartParams(names, values, 1)
            }
        }
    }

    private func finishConnecting(until deadline: Deadline) throws(PostgresError) {
        guard PQstatus(handle) != CONNECTION_BAD else { throw unreachable() }
        var interest = Socket.Interest.write
        while true {
            guard Socket.wait(PQsocket(handle), for: interest, until: deadline) != nil else {
                throw PostgresError(.unreachable, "no connection within the connect timeout", retryability: .retry)
            }
            switch PQconnectPoll(handle) {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_READING: interest = .read
            case PGRES_POLLING_WRITING: interest = .write
            default: throw unreachable()
            }
        }
    }

    private func unreachable() -> PostgresError {
        let message = Self.firstLine(PQerrorMessage(handle))
        let state = message.firstMatch(of: /(?:FATAL|ERROR): {2}([0-9A-Z]{5}):/).map { String($0.1) }
        let isRefused = state.map { ["28", "3D"].contains($0.prefix(2)) } ?? false
        var error = PostgresError(.unreachable, message, retryability: isRefused ? .doNotRetry : .retry)
        error.sqlState = state
        return error
    }
}
