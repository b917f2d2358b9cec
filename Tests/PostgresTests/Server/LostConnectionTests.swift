import Foundation
import Postgres
import Synchronization
import Testing

@Suite("Lost connections", .enabled(if: TestServer.isAvailable))
struct LostConnectionTests {
    @Test("a connection ended while idle is replaced unseen")
    func idle() async throws {
        let pool = try TestServer.makePool(size: 1)
        let admin = try TestServer.makePool(size: 1)
        let backend = try await pool.backend()
        try await admin.terminate(backend: backend)
        #expect(try await pool.backend() != backend)
        await pool.close()
        await admin.close()
    }

    @Test("a transaction whose connection is ended runs once more on a fresh one")
    func inTransaction() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let attempts = Atomic(0)
            try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO \(table) VALUES (1, 'a')")
                if attempts.add(1, ordering: .relaxed).newValue == 1 {
                    try await transaction.execute("SELECT pg_terminate_backend(pg_backend_pid())")
                }
            }
            #expect(attempts.load(ordering: .relaxed) == 2)
            #expect(try await pool.count(table) == 1)
        }
    }

    @Test("a connection ended between two statements is noticed by the second")
    func betweenStatements() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let admin = try TestServer.makePool(size: 1)
            let attempts = Atomic(0)
            try await pool.transaction { transaction in
                let backend: Int = try await transaction.query("SELECT pg_backend_pid()")[0](0)
                if attempts.add(1, ordering: .relaxed).newValue == 1 { try await admin.terminate(backend: backend) }
                try await transaction.execute("INSERT INTO \(table) VALUES (1, 'a')")
            }
            #expect(attempts.load(ordering: .relaxed) == 2)
            #expect(try await pool.count(table) == 1)
            await admin.close()
        }
    }

    @Test("a second loss is the caller's")
    func twice() async throws {
        let pool = try TestServer.makePool(size: 1)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.transaction { try await $0.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
        }
        #expect(error?.code == .connectionLost)
        #expect(error?.sqlState == "57P01")
        #expect(error?.retryability == .retry)
        #expect(try await pool.query("SELECT 1")[0](0) == 1)
        await pool.close()
    }

    @Test("a connection ended during COMMIT has an unknown outcome and is not repeated")
    func duringCommit() async throws {
        try await TestServer.withSchema(size: 1) { pool, schema in
            try await pool.execute("CREATE TABLE \(identifier: schema).fatal (id bigint)")
            try await pool.execute(
                """
                CREATE FUNCTION \(identifier: schema).die() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'
                """)
            try await pool.execute(
                """
                CREATE CONSTRAINT TRIGGER fatal AFTER INSERT ON \(identifier: schema).fatal DEFERRABLE
                INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION \(identifier: schema).die()
                """)
            let attempts = Atomic(0)
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { transaction in
                    attempts.add(1, ordering: .relaxed)
                    try await transaction.execute("INSERT INTO \(identifier: schema).fatal VALUES (1)")
                }
            }
            #expect(error?.code == .commitUnknown)
            #expect(error?.retryability == .unknownOutcome)
            #expect(attempts.load(ordering: .relaxed) == 1)
            #expect(try await pool.query("SELECT 1")[0](0) == 1)
        }
    }

    @Test("a connection ended before COMMIT was sent runs the body again")
    func beforeCommit() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let admin = try TestServer.makePool(size: 1)
            let attempts = Atomic(0)
            try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO \(table) VALUES (1, 'a')")
                let backend: Int = try await transaction.query("SELECT pg_backend_pid()")[0](0)
                if attempts.add(1, ordering: .relaxed).newValue == 1 { try await admin.terminate(backend: backend) }
            }
            #expect(attempts.load(ordering: .relaxed) == 2)
            let count = try await pool.count(table)
            #expect(count == 1)
            await admin.close()
        }
    }

    @Test("a read whose connection is ended runs once more, a statement that may write has an unknown outcome")
    func alone() async throws {
        try await TestServer.withSchema(size: 1) { pool, _ in
            let backend = try await pool.backend()
            let suicide: SQL = """
                SELECT CASE WHEN pg_backend_pid() = \(backend) THEN pg_terminate_backend(pg_backend_pid()) END,
                       7 AS seven
                """
            let row = try await pool.read(suicide)[0]
            #expect(try row("seven") == 7)
            let next = try await pool.backend()
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query("SELECT pg_terminate_backend(\(next)::int)")
            }
            #expect(error?.code == .commitUnknown)
        }
    }

    @Test("a read that fails or tries to write leaves the connection usable")
    func failedRead() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let backend = try await pool.backend()
            let failure = await #expect(throws: PostgresError.self) { try await pool.read("SELECT 1/\(0)") }
            #expect(failure?.sqlState == "22012")
            let later = try await pool.backend()
            #expect(later == backend)
            let refusal = await #expect(throws: PostgresError.self) {
                try await pool.read("INSERT INTO \(table) VALUES (1, 'a') RETURNING id")
            }
            #expect(refusal?.sqlState == "25006")
            try await pool.ping()
        }
    }

    @Test("a transaction that keeps the server waiting is ended and not repeated")
    func idleInTransaction() async throws {
        let pool = try TestServer.makePool(size: 1) { $0.idleInTransactionTimeout = .milliseconds(50) }
        let admin = try TestServer.makePool(size: 1)
        let attempts = Atomic(0)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.transaction { transaction in
                attempts.add(1, ordering: .relaxed)
                let backend: Int = try await transaction.query("SELECT pg_backend_pid()")[0](0)
                try await until {
                    try await admin.query("SELECT 1 FROM pg_stat_activity WHERE pid = \(backend)").isEmpty
                }
                try await transaction.execute("SELECT 2")
            }
        }
        #expect(error?.code == .connectionLost)
        #expect(error?.sqlState == "25P03")
        #expect(attempts.load(ordering: .relaxed) == 1)
        await pool.close()
        await admin.close()
    }
}
