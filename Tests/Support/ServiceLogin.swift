import Foundation
import Logging
import Postgres

/// A login of the test database that may do what a service's role may, and no more.
public enum ServiceLogin {
    /// - Parameters:
    ///   - admin: the URL of a superuser.
    ///   - schema: where the login finds tables without a schema.
    public static func url(_ admin: String, as role: String, schema: String) async throws -> String {
        let login = "test_\(role)_\(schema)"
        var configuration = try PostgresConfiguration(url: admin, applicationName: "test", poolSize: 1)
        // Many tests wait for one lock here, and a busy machine may keep whoever holds it from going on.
        configuration.lockTimeout = .seconds(120)
        configuration.statementTimeout = .seconds(120)
        configuration.idleInTransactionTimeout = .seconds(120)
        let pool = PostgresPool(
            configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let database = URLComponents(string: admin)?.path.dropFirst() ?? ""
        let statements: [SQL] = [
            "SELECT pg_advisory_xact_lock(hashtextextended('test_logins', 0))",
            """
            DO $$ BEGIN
                CREATE ROLE \(unsafeRaw: login) LOGIN PASSWORD 'test' IN ROLE \(unsafeRaw: role);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
            """,
            """
            ALTER ROLE \(unsafeRaw: login) IN DATABASE \(unsafeRaw: String(database))
            SET search_path = \(unsafeRaw: schema)
            """,
        ]
        try await pool.transaction { transaction in
            for statement in statements { try await transaction.execute(statement) }
        }
        await pool.close()
        var components = URLComponents(string: admin)
        components?.user = login
        components?.password = "test"
        return components?.string ?? admin
    }
}
