import Foundation
import Logging
import Synchronization

/// A few connections shared by many tasks.
///
/// Guarantees: a connection is leased to one task at a time, in the order of asking, and opened when first needed.
/// Every connection has the configured time limits. An idle connection that the server has ended is replaced unseen.
///
/// Cancellation: a task that waits for a connection leaves the queue with `CancellationError`.
///
/// Threading: connections block threads of their own, never the cooperative pool; the body of a transaction runs on
/// its connection's thread. A transaction inside a transaction
/// takes a second connection; with all of them taken that way the pool is stuck, so pass the transaction on instead.
public final class PostgresPool: Sendable {
    private typealias Waiter = CheckedContinuation<PostgresConnection, any Error>

    private struct State {
        var queue: LeaseQueue<PostgresConnection, Waiter>
        var closers: [CheckedContinuation<Void, Never>] = []
        var waiterCount: UInt64 = 0
    }

    private let configuration: PostgresConfiguration
    private let logger: Logger
    private let state: Mutex<State>

    public init(_ configuration: PostgresConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        state = Mutex(State(queue: LeaseQueue(capacity: configuration.poolSize)))
    }

    /// How many tasks wait for a connection at the moment.
    public var waiting: Int { state.withLock { $0.queue.waiting } }

    /// Refuses new work, waits for the transactions under way, and closes the connections.
    public func close() async {
        let waiters = state.withLock { $0.queue.close() }
        for waiter in waiters { waiter.resume(throwing: PostgresError(.poolClosed, "the pool is closed")) }
        await withCheckedContinuation { closer in
            let isDrained = state.withLock { state in
                if state.queue.leased > 0 { state.closers.append(closer) }
                return state.queue.leased == 0
            }
            if isDrained { closer.resume() }
        }
        for connection in state.withLock({ $0.queue.takeIdle() }) { await connection.close() }
    }
}

extension PostgresPool {
    /// Leases a connection for the time of the body, which runs on the connection's thread: between two statements
    /// there is then no switch of threads, which costs more than many a statement.
    func withConnection<R: Sendable>(_ body: (PostgresConnection) async throws -> R) async throws -> R {
        let connection = try await lease()
        defer { giveBack(connection) }
        return try await withTaskExecutorPreference(connection.executor) { try await body(connection) }
    }

    private func lease() async throws -> PostgresConnection {
        try Task.checkCancellation()
        switch state.withLock({ $0.queue.request() }) {
        case .lease(let connection): return connection
        case .create: return PostgresConnection(configuration, logger: logger)
        case .refuse(let error): throw error
        case .wait: return try await waitForConnection()
        }
    }

    private func waitForConnection() async throws -> PostgresConnection {
        let id = state.withLock { state in
            state.waiterCount += 1
            return state.waiterCount
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { enqueue($0, id: id) }
        } onCancel: {
            let waiter = state.withLock { $0.queue.cancel(id: id) }
            waiter?.resume(throwing: CancellationError())
        }
    }

    /// Asks again, because a connection may have come back meanwhile. A cancellation before this point is seen here; a
    /// later one finds the waiter in the queue.
    private func enqueue(_ waiter: Waiter, id: UInt64) {
        let answer: Result<PostgresConnection, any Error>? = state.withLock { state in
            if Task.isCancelled { return .failure(CancellationError()) }
            switch state.queue.request() {
            case .lease(let connection): return .success(connection)
            case .create: return .success(PostgresConnection(configuration, logger: logger))
            case .refuse(let error): return .failure(error)
            case .wait:
                state.queue.enqueue(waiter, id: id)
                return nil
            }
        }
        if let answer { waiter.resume(with: answer) }
    }

    private func giveBack(_ connection: PostgresConnection) {
        let (action, closers) = state.withLock { state in
            let action = state.queue.giveBack(connection)
            guard case .drained = action else { return (action, [CheckedContinuation<Void, Never>]()) }
            defer { state.closers = [] }
            return (action, state.closers)
        }
        if case .handOver(let connection, let waiter) = action { waiter.resume(returning: connection) }
        for closer in closers { closer.resume() }
    }
}
