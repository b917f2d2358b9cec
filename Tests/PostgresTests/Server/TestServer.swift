import Foundation
import Logging
import Postgres
import Testing

/// The server the tests run against, named by `STATESET_TEST_POSTGRES_URL` (a superuser's URL).
enum TestServer {
    static let url = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]

    static var isAvailable: Bool { url != nil }

    static var logger: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    static func configuration(poolSize: Int = 2) throws -> PostgresConfiguration {
        try PostgresConfiguration(url: try #require(url), applicationName: "postgres tests", poolSize: poolSize)
    }

    /// For `CREATE DATABASE` and `DROP DATABASE`, which write out everything that other tests have changed meanwhile.
    static func makeAdminPool() throws -> PostgresPool {
        try makePool(size: 1) { $0.statementTimeout = .zero }
    }

    static func makePool(
        size: Int = 2, _ adjust: (inout PostgresConfiguration) -> Void = { _ in }
    ) throws -> PostgresPool {
        var configuration = try configuration(poolSize: size)
        adjust(&configuration)
        return PostgresPool(configuration, logger: logger)
    }

    /// Runs the body with a pool and an empty schema of its own, which is dropped afterwards.
    static func withSchema(
        size: Int = 2,
        _ adjust: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresPool, PostgresIdentifier) async throws -> Void
    ) async throws {
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let schema = try #require(PostgresIdentifier(name))
        let pool = try makePool(size: size, adjust)
        let admin = try makePool(size: 1)
        try await admin.execute("CREATE SCHEMA \(identifier: schema)")
        let result: Result<Void, any Error>
        do { result = .success(try await body(pool, schema)) } catch { result = .failure(error) }
        await pool.close()
        try await admin.execute("DROP SCHEMA \(identifier: schema) CASCADE")
        await admin.close()
        try result.get()
    }

    /// Runs the body with a pool and a table `id bigint PRIMARY KEY, name text` of its own.
    static func withTable(
        size: Int = 2,
        _ adjust: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresPool, _ table: SQL) async throws -> Void
    ) async throws {
        try await withSchema(size: size, adjust) { pool, schema in
            let table: SQL = "\(identifier: schema).items"
            try await pool.execute("CREATE TABLE \(table) (id bigint PRIMARY KEY, name text)")
            try await body(pool, table)
        }
    }
}

extension PostgresPool {
    func count(_ table: SQL) async throws -> Int {
        try await query("SELECT count(*) FROM \(table)")[0](0)
    }

    /// The process id of the server's end of a connection of this pool.
    func backend() async throws -> Int {
        try await query("SELECT pg_backend_pid()")[0](0)
    }

    /// Ends another connection, and returns when it is gone.
    func terminate(backend: Int) async throws {
        try await execute("SELECT pg_terminate_backend(\(backend)::int, 5000)")
    }

    /// Whether the server answers.
    var isHealthy: Bool {
        get async { (try? await ping()) != nil }
    }
}
