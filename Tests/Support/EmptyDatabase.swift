import Foundation
import Logging
import Postgres
import Schema

/// A database of a test's own that has every table and no row, for what looks at all rows of a table.
public enum EmptyDatabase {
    /// - Parameter admin: the URL of a superuser.
    /// - Parameter test: is given that superuser's URL of the database.
    public static func run(_ admin: String, _ test: (_ url: String) async throws -> Void) async throws {
        var components = URLComponents(string: admin)
        let name = "test_\(UUID().uuidString.prefix(8).lowercased())"
        components?.path = "/\(name)"
        let url = components?.string ?? admin
        var configuration = try PostgresConfiguration(url: admin, applicationName: "test", poolSize: 1)
        // Both write out everything that other tests have changed meanwhile.
        configuration.statementTimeout = .zero
        let pool = PostgresPool(configuration, logger: logger)
        try await pool.execute("CREATE DATABASE \(unsafeRaw: name)")
        let outcome: Result<Void, any Error>
        do {
            _ = try await Migrator(url: url, logger: logger).apply(SchemaCatalog.all)
            outcome = .success(try await test(url))
        } catch {
            outcome = .failure(error)
        }
        try await pool.execute("DROP DATABASE \(unsafeRaw: name) WITH (FORCE)")
        await pool.close()
        try outcome.get()
    }

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
