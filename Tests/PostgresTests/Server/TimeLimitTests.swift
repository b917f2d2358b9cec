import Postgres
import Testing

@Suite("Time limits", .enabled(if: TestServer.isAvailable))
struct TimeLimitTests {
    @Test("a statement that takes too long is stopped and the connection is kept")
    func statement() async throws {
        let pool = try TestServer.makePool(size: 1) { $0.statementTimeout = .milliseconds(200) }
        let backend = try await pool.backend()
        let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT pg_sleep(60)") }
        #expect(error?.sqlState == "57014")
        #expect(error?.retryability == .retry)
        #expect(try await pool.backend() == backend)
        await pool.close()
    }

    @Test("a lock that takes too long is given up")
    func lock() async throws {
        try await TestServer.withTable(size: 2) {
            $0.lockTimeout = .milliseconds(50)
        } _: { pool, table in
            try await pool.execute("INSERT INTO \(table) VALUES (1, 'a')")
            try await pool.transaction { holder in
                try await holder.execute("UPDATE \(table) SET name = 'b'")
                let error = await #expect(throws: PostgresError.self) {
                    try await pool.execute("UPDATE \(table) SET name = 'c'")
                }
                #expect(error?.sqlState == "55P03")
                #expect(error?.retryability == .retry)
            }
        }
    }

    @Test("every connection carries the limits, the name and its socket settings")
    func settings() async throws {
        let pool = try TestServer.makePool(size: 1)
        let row = try await pool.query(
            """
            SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
                   current_setting('idle_in_transaction_session_timeout') AS idle,
                   current_setting('application_name') AS name
            """)[0]
        #expect(try row("statement") == "5s")
        #expect(try row("lock") == "2s")
        #expect(try row("idle") == "10s")
        #expect(try row("name") == "postgres tests")
        await pool.close()
    }
}
