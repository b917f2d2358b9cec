import Foundation

/// Statements that need no transaction around them: each call is one transaction and one round trip.
///
/// Failure: as `transaction`, except that a connection lost after sending is `commitUnknown`.
extension PostgresPool {
    /// Runs one statement that may write.
    public func query(_ sql: SQL, workspace: UUID? = nil) async throws -> [PostgresRow] {
        try await runAlone([sql], workspace: workspace)[0].rows
    }

    /// Runs one statement that cannot write (the server refuses it with 25006). A lost connection is therefore
    /// harmless, and the statement is run once more.
    public func read(_ sql: SQL, workspace: UUID? = nil) async throws -> [PostgresRow] {
        try await withRetries { connection in
            try await connection.read(sql, in: .readOnly(workspace: workspace)).rows
        }
    }

    /// Runs one statement and returns the number of rows it changed.
    @discardableResult
    public func execute(_ sql: SQL, workspace: UUID? = nil) async throws -> Int {
        try await runAlone([sql], workspace: workspace)[0].affected
    }

    /// Runs all statements; an error undoes those before it.
    @discardableResult
    public func pipeline(_ statements: [SQL], workspace: UUID? = nil) async throws -> [[PostgresRow]] {
        try await runAlone(statements, workspace: workspace).map(\.rows)
    }

    /// Asks the server for a sign of life.
    public func ping() async throws {
        _ = try await read("SELECT 1")
    }

    private func runAlone(_ statements: [SQL], workspace: UUID?) async throws -> [ResultTable] {
        if statements.isEmpty { return [] }
        let prologue = workspace.map { [Lease.setWorkspace($0)] } ?? []
        return try await withRetries { connection in
            Array(try await connection.runAlone(prologue + statements).dropFirst(prologue.count))
        }
    }

    private func withRetries<R: Sendable>(_ body: (PostgresConnection) async throws -> R) async throws -> R {
        try await withConnection { connection in
            var budget = RetryBudget()
            while true {
                do {
                    return try await body(connection)
                } catch let error as PostgresError {
                    guard let pause = budget.pause(after: error) else { throw error }
                    try await Self.wait(pause)
                }
            }
        }
    }
}
