import Foundation

extension PostgresPool {
    /// Runs the body in a transaction on one leased connection, and commits when it returns.
    ///
    /// With a workspace, `current_setting('stateset.workspace')` holds its id until the transaction ends.
    ///
    /// Guarantees: a conflict with another transaction (40001, 40P01) runs the body again, up to 5 times with growing
    /// random pauses; a connection lost before COMMIT was sent, once, on a fresh one; statements outdated by a
    /// migration, once. So the body must have no effects but those in the database.
    ///
    /// Failure: what the body throws, after rolling back; `PostgresError`, `commitUnknown` among them.
    @discardableResult
    public func transaction<R: Sendable>(
        workspace: UUID? = nil,
        isolation: IsolationLevel = .readCommitted,
        _ body: @Sendable (PostgresTransaction) async throws -> R
    ) async throws -> R {
        try await withConnection { connection in
            var budget = RetryBudget()
            while true {
                let lease = Lease(workspace: workspace, isolation: isolation)
                let transaction = PostgresTransaction(on: connection, lease: lease)
                do {
                    return try await transaction.perform(body)
                } catch {
                    guard let failure = transaction.failure, let pause = budget.pause(after: failure) else {
                        throw error
                    }
                    try await Self.wait(pause)
                }
            }
        }
    }

    static func wait(_ pause: Duration) async throws {
        try Task.checkCancellation()
        if pause > .zero { try await Task.sleep(for: pause) }
    }
}
