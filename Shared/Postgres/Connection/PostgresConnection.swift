import Foundation
import Logging

/// One connection on a thread of its own. It is opened when first needed and again after a loss.
///
/// A transaction begins with its first statement (BEGIN travels with it) and belongs to a lease; calls of a lease that
/// has ended are refused. The methods do not suspend, so each is one uninterrupted use of the connection.
actor PostgresConnection {
    /// The connection's thread.
    nonisolated let executor: DedicatedThreadExecutor
    private let configuration: PostgresConfiguration
    private let logger: Logger
    private var session: Session?
    private var begun: UInt64 = 0
    private var ended: UInt64 = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ configuration: PostgresConfiguration, logger: Logger) {
        executor = DedicatedThreadExecutor(name: "postgres")
        self.configuration = configuration
        self.logger = logger
    }

    /// Runs statements in the lease's transaction.
    func run(_ statements: [SQL], in lease: Lease) throws(PostgresError) -> [ResultTable] {
        try run(statements, in: lease, on: try session(for: lease))
    }

    /// Runs a script in the lease's transaction; an exchange without statements begins that.
    func run(script: String, in lease: Lease) throws(PostgresError) {
        let session = try session(for: lease)
        _ = try run([], in: lease, on: session)
        do {
            try session.run(script: script)
        } catch {
            drop(ifUnusable: session, error)
            throw error
        }
    }

    /// Runs last statements and COMMIT in one round trip, and ends the lease unless one of them fails.
    ///
    /// Failure: `commitUnknown` when the connection is lost meanwhile; `transactionAborted` when an earlier failure
    /// was ignored, so that the server rolled back.
    func commit(_ lease: Lease, last statements: [SQL] = []) throws(PostgresError) -> [ResultTable] {
        if begun != lease.number, statements.isEmpty { ended = max(ended, lease.number) }
        if lease.number <= ended, statements.isEmpty { return [] }
        let session = try session(for: lease)
        try checkBeforeCommit(session)
        let tables: [ResultTable]
        do {
            tables = try run(statements + ["COMMIT"], in: lease, on: session)
        } catch {
            throw error.duringCommit
        }
        ended = lease.number
        guard tables.last?.tag == "COMMIT" else {
            throw PostgresError(.transactionAborted, "the transaction had failed and was rolled back")
        }
        return tables.dropLast()
    }

    /// Rolls back what the lease has done and ends it. A connection that cannot roll back is dropped, and the server
    /// rolls back then.
    func rollback(_ lease: Lease) {
        defer { ended = max(ended, lease.number) }
        guard begun == lease.number, lease.number > ended, let session else { return }
        endTransaction(on: session)
    }

    /// Runs statements as one transaction of their own in one round trip.
    ///
    /// Failure: `commitUnknown` when the connection is lost after sending.
    func runAlone(_ statements: [SQL]) throws(PostgresError) -> [ResultTable] {
        let session = try openSession()
        do {
            return try exchange(statements, on: session)
        } catch {
            throw error.duringCommit
        }
    }

    /// Runs one statement in a read-only transaction of its own in one round trip. Nothing can have been applied when
    /// the connection is lost, so that is a plain `connectionLost`.
    func read(_ sql: SQL, in lease: Lease) throws(PostgresError) -> ResultTable {
        let session = try openSession()
        do {
            return try exchange(lease.prologue + [sql, "COMMIT"], on: session)[lease.prologue.count]
        } catch {
            endTransaction(on: session)
            throw error
        }
    }

    func close() {
        session = nil
    }
}

extension PostgresConnection {
    /// Whether the lease's transaction is open on the server and has not failed.
    func isInTransaction(_ lease: Lease) -> Bool {
        begun == lease.number && lease.number > ended && session?.isInTransaction == true
    }

    private func run(
        _ statements: [SQL], in lease: Lease, on session: Session
    ) throws(PostgresError) -> [ResultTable] {
        if begun == lease.number { return try exchange(statements, on: session) }
        begun = lease.number
        let tables = try exchange(lease.prologue + statements, on: session)
        return Array(tables.dropFirst(lease.prologue.count))
    }

    /// A connection that the server has ended already is lost with certainty: COMMIT was not sent.
    private func checkBeforeCommit(_ session: Session) throws(PostgresError) {
        guard session.hasUnaskedInput else { return }
        let error = PostgresError.lost("the server ended the connection before COMMIT")
        drop(ifUnusable: session, error)
        throw error
    }

    private func session(for lease: Lease) throws(PostgresError) -> Session {
        guard lease.number > ended else {
            throw PostgresError(.transactionEnded, "the transaction was used after its end")
        }
        guard begun == lease.number else { return try openSession() }
        guard let session else { throw .lost("the connection was lost earlier in this transaction") }
        return session
    }

    /// Brings a connection back to where a transaction can begin, or drops it.
    private func endTransaction(on session: Session) {
        if session.isUsable { _ = try? exchange(["ROLLBACK"], on: session) }
        if !session.isIdle { self.session = nil }
    }

    private func openSession() throws(PostgresError) -> Session {
        if let session, session.isIdle { return session }
        session = nil
        let fresh = try Session.open(configuration)
        session = fresh
        logger.debug("Postgres connection opened")
        return fresh
    }

    private func exchange(_ statements: [SQL], on session: Session) throws(PostgresError) -> [ResultTable] {
        do {
            return try session.exchange(statements)
        } catch {
            drop(ifUnusable: session, error)
            throw error
        }
    }

    private func drop(ifUnusable session: Session, _ error: PostgresError) {
        if session.isUsable && error.code != .connectionLost && error.recovery != .reconnect { return }
        self.session = nil
        logger.warning("Postgres connection lost", metadata: ["error_code": "\(error.sqlState ?? error.code.rawValue)"])
    }
}
