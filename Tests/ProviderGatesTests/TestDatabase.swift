import Commerce
import Foundation
import Logging
import Postgres
import Schema
import Support

/// A real Postgres with every table; named by `STATESET_TEST_POSTGRES_URL`.
enum TestDatabase {
    static let url = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]
    static var isThere: Bool { url != nil }
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Runs the test with a pool for each role and a workspace of its own.
    static func run(roles: [String], _ test: ([PostgresPool], WorkspaceID) async throws -> Void) async throws {
        let url = url ?? ""
        _ = try await Migrator(url: url, logger: logger).apply(SchemaCatalog.all)
        var pools: [PostgresPool] = []
        for role in roles {
            let login = try await ServiceLogin.url(url, as: role, schema: "public")
            pools.append(
                PostgresPool(try PostgresConfiguration(url: login, applicationName: "test"), logger: logger))
        }
        do {
            try await test(pools, WorkspaceID())
        } catch {
            for pool in pools { await pool.close() }
            throw error
        }
        for pool in pools { await pool.close() }
    }
}
