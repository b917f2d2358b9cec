import Synchronization

/// An open transaction on one leased connection.
///
/// Guarantees: statements of one task run in order; all of them are applied by COMMIT, or none. BEGIN and the
/// workspace travel with the first statement.
///
/// Failure: `PostgresError`. After the server has refused a statement the transaction is lost; let the error leave
/// the body. After the body has returned every call throws `transactionEnded`.
///
/// Cancellation: a cancelled task starts no further statement; one under way is awaited (`statement_timeout` bounds
/// it) and rolled back with the rest.
public final class PostgresTransaction: Sendable {
    private let connection: PostgresConnection
    private let lease: Lease
    private let firstFailure = Mutex<PostgresError?>(nil)
    private let queued = Mutex<[SQL]>([])

    init(on connection: PostgresConnection, lease: Lease) {
        self.connection = connection
        self.lease = lease
    }

    public func query(_ sql: SQL) async throws -> [PostgresRow] {
        try await pipeline([sql])[0]
    }

    /// Runs a statement and returns the number of rows it changed.
    @discardableResult
    public func execute(_ sql: SQL) async throws -> Int {
        try await run([sql])[0].affected
    }

    /// Leaves a statement whose result nobody needs to travel with the next statement or with COMMIT, whichever comes
    /// first: it costs no round trip of its own.
    ///
    /// Guarantees: it runs in its turn, before whatever is called later.
    ///
    /// Failure: thrown by the call it travels with; the transaction is then lost as with any refused statement.
    public func enqueue(_ sql: SQL) {
        queued.withLock { $0.append(sql) }
    }

    /// Runs all statements in one round trip; an error keeps those behind it from running.
    @discardableResult
    public func pipeline(_ statements: [SQL]) async throws -> [[PostgresRow]] {
        try await run(statements).map(\.rows)
    }

    /// Runs last statements and COMMIT in one round trip. Nothing can follow it; when it throws anything but
    /// `commitUnknown`, nothing of the transaction is applied.
    @discardableResult
    public func commit(with statements: [SQL]) async throws -> [[PostgresRow]] {
        try Task.checkCancellation()
        let queued = takeQueued()
        return try await recordingFailure {
            try await connection.commit(lease, last: queued + statements).dropFirst(queued.count).map(\.rows)
        }
    }
}

extension PostgresTransaction {
    /// The first error of the connection in this transaction, whatever the body made of it.
    var failure: PostgresError? { firstFailure.withLock { $0 } }

    /// Runs the body between BEGIN and COMMIT; rolls back when it throws.
    func perform<R: Sendable>(_ body: @Sendable (PostgresTransaction) async throws -> R) async throws -> R {
        let result: R
        do {
            result = try await body(self)
            try await commitUnlessDone()
        } catch {
            await connection.rollback(lease)
            throw error
        }
        return result
    }

    /// Runs a script of several statements, without parameters.
    func run(script: String) async throws {
        let queued = takeQueued()
        if !queued.isEmpty { _ = try await exchange(queued) }
        try await recordingFailure { try await connection.run(script: script, in: lease) }
    }

    /// Whether the transaction is open and has not failed; a script could have ended it.
    var isOpen: Bool {
        get async { await connection.isInTransaction(lease) }
    }

    private func run(_ statements: [SQL]) async throws -> [ResultTable] {
        if statements.isEmpty { return [] }
        try Task.checkCancellation()
        let queued = takeQueued()
        let tables = try await exchange(queued + statements)
        return queued.isEmpty ? tables : Array(tables.dropFirst(queued.count))
    }

    private func exchange(_ statements: [SQL]) async throws -> [ResultTable] {
        try await recordingFailure { try await connection.run(statements, in: lease) }
    }

    private func takeQueued() -> [SQL] {
        queued.withLock { queued in
            defer { queued = [] }
            return queued
        }
    }

    /// The body may have committed itself. A failure of that is not forgotten when the body swallowed it.
    private func commitUnlessDone() async throws {
        if let failure, failure.code == .transactionAborted || failure.code == .commitUnknown { throw failure }
        let queued = takeQueued()
        try await recordingFailure {
            _ = try await connection.commit(lease, last: queued)
        }
    }

    private func recordingFailure<R: Sendable>(_ body: () async throws -> R) async throws -> R {
        do {
            return try await body()
        } catch let error as PostgresError {
            firstFailure.withLock { $0 = $0 ?? error }
            throw error
        }
    }
}
