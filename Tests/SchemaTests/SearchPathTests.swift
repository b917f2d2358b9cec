import Logging
import Postgres
import Support
import Testing

extension Tag {
    @Tag static var postgres: Self
}

@Suite("What runs with its owner's rights", .tags(.postgres), .enabled(if: ServiceBench.isThere))
struct SearchPathTests {
    @Test("a function that looks past row-level security looks at the caller's temporary tables last")
    func temporaryTablesLast() async throws {
        try await EmptyDatabase.run(ServiceBench.url ?? "") { url in
            let pool = PostgresPool(
                try PostgresConfiguration(url: url, applicationName: "test", poolSize: 1),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let careless = try await pool.query(
                """
                SELECT p.oid::regprocedure::text AS name FROM pg_proc p
                WHERE p.prosecdef AND NOT EXISTS (
                    SELECT FROM unnest(p.proconfig) AS setting
                    WHERE setting LIKE 'search_path=%, pg_temp')
                ORDER BY name
                """
            ).map { try $0("name", as: String.self) }
            await pool.close()
            #expect(careless.isEmpty)
        }
    }
}
