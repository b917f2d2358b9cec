import Foundation
import Postgres
import Testing

@Suite("The migrator", .enabled(if: TestServer.isAvailable))
struct MigratorTests {
    private let schema = "migrated_" + UUID().uuidString.lowercased().prefix(8)

    private let orders = Migration(
        1, "orders",
        """
        CREATE TABLE orders (id uuid PRIMARY KEY, note text);
        CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;
        INSERT INTO orders (id, note) VALUES (gen_random_uuid(), 'a;b');
        """)
    private let index = Migration(2, "index", "CREATE INDEX ON orders (note)")

    private func withCleanUp(_ body: (Migrator, PostgresPool) async throws -> Void) async throws {
        let pool = try TestServer.makePool(size: 1)
        let migrator = try Migrator(url: try #require(TestServer.url), logger: TestServer.logger)
        let result: Result<Void, any Error>
        do { result = .success(try await body(migrator, pool)) } catch { result = .failure(error) }
        try await pool.execute("DROP SCHEMA IF EXISTS \(identifier: try #require(PostgresIdentifier(schema))) CASCADE")
        _ = try? await pool.execute("DELETE FROM public.stateset_migrations WHERE schema = \(schema)")
        await pool.close()
        try result.get()
    }

    private func set(_ migrations: Migration...) -> MigrationSet {
        MigrationSet(schema: schema, migrations: migrations)
    }

    @Test("what is missing is applied, once, in the set's schema")
    func applies() async throws {
        try await withCleanUp { migrator, pool in
            #expect(try await migrator.apply([set(orders)]).map(\.name) == ["orders"])
            #expect(try await migrator.apply([set(orders)]).isEmpty)
            #expect(try await migrator.apply([set(orders, index)]).map(\.number) == [2])
            let rows = try await pool.query("SELECT note FROM \(unsafeRaw: schema).orders")
            #expect(try rows.map { try $0("note", as: String.self) } == ["a;b"])
        }
    }

    @Test("a migration that changed after it was applied is refused by name")
    func changed() async throws {
        try await withCleanUp { migrator, _ in
            _ = try await migrator.apply([set(orders)])
            let error = await #expect(throws: PostgresError.self) {
                try await migrator.apply([set(Migration(1, "orders", "SELECT 1"))])
            }
            #expect(error?.code == .migration)
            #expect(error?.message.contains("\(schema) 1 orders") == true)
        }
    }

    @Test("a migration that fails is named and leaves nothing, and those before it stay")
    func failing() async throws {
        try await withCleanUp { migrator, pool in
            let broken = Migration(2, "broken", "CREATE TABLE half (id int); SELECT * FROM missing_table;")
            let error = await #expect(throws: PostgresError.self) { try await migrator.apply([set(orders, broken)]) }
            #expect(error?.message.contains("\(schema) 2 broken") == true)
            #expect(error?.message.contains("missing_table") == true)
            #expect(error?.sqlState == "42P01")
            let tables = try await pool.query(
                "SELECT relname::text FROM pg_stat_user_tables WHERE schemaname = \(schema)")
            #expect(try tables.map { try $0(0, as: String.self) } == ["orders"])
            #expect(try await migrator.apply([set(orders, index)]).map(\.number) == [2])
        }
    }

    @Test("a migration that ends its transaction is refused")
    func commitInside() async throws {
        try await withCleanUp { migrator, _ in
            let error = await #expect(throws: PostgresError.self) {
                try await migrator.apply([set(Migration(1, "commits", "SELECT 1; COMMIT;"))])
            }
            #expect(error?.message.contains("ends its transaction") == true)
        }
    }

    @Test("of several migrators at once each migration is applied by one")
    func concurrent() async throws {
        try await withCleanUp { migrator, _ in
            let set = set(orders, index)
            let applied = try await withThrowingTaskGroup(of: [AppliedMigration].self) { group in
                for _ in 0..<4 { group.addTask { try await migrator.apply([set]) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.map(\.number).sorted() == [1, 2])
        }
    }
}
