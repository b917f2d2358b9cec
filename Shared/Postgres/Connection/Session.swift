import CPostgreSQL

/// One connection of libpq, always in pipeline mode and never blocking inside the library: waits are `poll` with a
/// deadline.
///
/// Threading: not `Sendable`; it lives inside one `PostgresConnection` and is used on its thread.
final class Session {
    let handle: OpaquePointer
    var statements = StatementCache()

    /// False while requests are out whose answers were not read to the end; such a session cannot be used again.
    var isSynchronized = true

    private let configuration: PostgresConfiguration

    init(handle: OpaquePointer, configuration: PostgresConfiguration) {
        self.handle = handle
        self.configuration = configuration
    }

    deinit {
        PQfinish(handle)
    }

    var isUsable: Bool { isSynchronized && PQstatus(handle) == CONNECTION_OK }

    var isInTransaction: Bool { PQtransactionStatus(handle) == PQTRANS_INTRANS }

    /// Whether the server has sent something unasked: its farewell, or (rarely) a changed setting. A session with such
    /// input is not trusted any more.
    var hasUnaskedInput: Bool { Socket.hasInput(PQsocket(handle)) }

    /// Whether the session can begin a transaction.
    var isIdle: Bool {
        isUsable && PQtransactionStatus(handle) == PQTRANS_IDLE && !hasUnaskedInput
    }

    /// When an exchange of that many statements must be over.
    func deadline(statements count: Int) -> Deadline {
        let limit = configuration.statementTimeout
        return limit == .zero ? .never : .after(limit * count + configuration.silenceTimeout)
    }

    /// Waits for the socket; a passed deadline is a lost connection.
    func wait(for interest: Socket.Interest, until deadline: Deadline) throws(PostgresError) -> Socket.Readiness {
        guard let readiness = Socket.wait(PQsocket(handle), for: interest, until: deadline) else {
            throw .lost("the server did not answer in time")
        }
        return readiness
    }

    func lost() -> PostgresError {
        .lost(Self.firstLine(PQerrorMessage(handle)))
    }

    static func firstLine(_ message: UnsafeMutablePointer<CChar>?) -> String {
        let text = message.map { String(cString: $0) } ?? ""
        return text.split(separator: "\n").first.map(String.init) ?? "the connection ended"
    }
}
