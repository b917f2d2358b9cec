import Commerce
import Foundation
import Logging
import Postgres
import Schema

/// A real Postgres with the platform's tables; named by `STATESET_TEST_POSTGRES_URL`.
enum TestDatabase {
    static let url = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Runs the test with a pool and a workspace of its own.
    static func run(_ test: (PostgresPool, WorkspaceID) async throws -> Void) async throws {
        let url = url ?? ""
        _ = try await Migrator(url: url, logger: logger).apply([PlatformSchema.migrations])
        let pool = PostgresPool(try PostgresConfiguration(url: url, applicationName: "test"), logger: logger)
        let workspace = WorkspaceID()
        try await pool.execute(
            "INSERT INTO platform.workspaces (id, name) VALUES (\(workspace.uuid), \(workspace.description))")
        do {
            try await test(pool, workspace)
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }
}
