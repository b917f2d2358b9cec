import CPostgreSQL

/// The fields of an error report (`PG_DIAG_…` of libpq, which are characters).
private enum DiagnosticField: Character {
    case severity = "V"
    case sqlState = "C"
    case primary = "M"
    case table = "t"
    case column = "c"
    case constraint = "n"

    func text(of result: borrowing RawResult) -> String? {
        guard let code = rawValue.asciiValue else { return nil }
        return PQresultErrorField(result.pointer, Int32(code)).map { String(cString: $0) }
    }
}

extension PostgresError {
    /// Reads an error report. FATAL and PANIC end the connection, so they count as its loss.
    init(_ result: borrowing RawResult, statement: String?) {
        let state = DiagnosticField.sqlState.text(of: result)
        let primary = DiagnosticField.primary.text(of: result) ?? ""
        let isFinal = ["FATAL", "PANIC"].contains(DiagnosticField.severity.text(of: result))
        guard let state else {
            self = .lost(Session.firstLine(PQresultErrorMessage(result.pointer)))
            return
        }
        let entry = SQLStateTable.entry(state)
        let isStale = SQLStateTable.isStalePlan(state: state, message: primary)
        self.init(
            isFinal ? .connectionLost : .server,
            SafeMessage.make(state: state, primary: primary),
            retryability: isStale ? .retry : entry.retryability,
            recovery: isStale ? .prepareAgain : entry.recovery)
        sqlState = state
        constraint = DiagnosticField.constraint.text(of: result)
        table = DiagnosticField.table.text(of: result)
        column = DiagnosticField.column.text(of: result)
        self.statement = statement
    }

    /// The connection ended while no COMMIT was under way.
    static func lost(_ message: String) -> PostgresError {
        PostgresError(.connectionLost, message, retryability: .retry, recovery: .reconnect)
    }

    /// The same loss, seen after COMMIT was sent.
    var duringCommit: PostgresError {
        guard code == .connectionLost else { return self }
        var error = PostgresError(.commitUnknown, message, retryability: .unknownOutcome)
        error.sqlState = sqlState
        return error
    }
}
