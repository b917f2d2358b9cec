import Foundation
import Postgres
import Support
import Synchronization
import Testing

/// What libpq and the server do to a single connection.
@Suite("Connection traps", .enabled(if: TestServer.isAvailable))
struct ConnectionTrapTests {
    @Test("a connection that falls silent in a transaction is given up, and the transaction runs on a fresh one")
    func silence() async throws {
        var components = try #require(TestServer.url.flatMap { URLComponents(string: $0) })
        let line = try #require(FlakyLine(to: components.port ?? 5432))
        components.port = line.port
        var configuration = try PostgresConfiguration(
            url: try #require(components.string), applicationName: "postgres tests", poolSize: 1)
        configuration.statementTimeout = .seconds(1)
        configuration.silenceTimeout = .milliseconds(200)
        // Other tests may keep this one from its next statement for a while.
        configuration.idleInTransactionTimeout = .seconds(120)
        let pool = PostgresPool(configuration, logger: TestServer.logger)
        let attempts = Atomic(0)
        try await pool.transaction { transaction in
            try await transaction.execute("SELECT 1")
            if attempts.add(1, ordering: .relaxed).newValue == 1 { line.stall() }
            try await transaction.execute("SELECT 2")
        }
        #expect(attempts.load(ordering: .relaxed) == 2)
        await pool.close()
    }

    @Test("a primary that has become read-only is left for a fresh connection")
    func stalePrimary() async throws {
        let database = "stale_\(UUID().uuidString.prefix(8).lowercased())"
        let name = try #require(PostgresIdentifier(database))
        let admin = try TestServer.makeAdminPool()
        try await admin.execute("CREATE DATABASE \(identifier: name)")
        try await admin.execute("ALTER DATABASE \(identifier: name) SET default_transaction_read_only = on")
        let pool = try makePool(database)
        let readOnly = try await pool.backend()
        try await admin.execute("ALTER DATABASE \(identifier: name) RESET default_transaction_read_only")
        try await pool.transaction { try await $0.execute("CREATE TABLE rows (id int)") }
        #expect(try await pool.backend() != readOnly)
        await pool.close()
        try await admin.execute("DROP DATABASE \(identifier: name)")
        await admin.close()
    }

    @Test("a statement that an operator cancels fails alone: the connection is kept")
    func cancelled() async throws {
        let pool = try TestServer.makePool(size: 1)
        let admin = try TestServer.makePool(size: 1)
        let backend = try await pool.backend()
        let sleeping = Task { try await pool.query("SELECT pg_sleep(60)") }
        try await until {
            let waits = try await admin.query(
                "SELECT 1 FROM pg_stat_activity WHERE pid = \(backend) AND wait_event = 'PgSleep'")
            return !waits.isEmpty
        }
        try await admin.execute("SELECT pg_cancel_backend(\(backend)::int)")
        let error = await #expect(throws: PostgresError.self) { try await sleeping.value }
        #expect(error?.sqlState == "57014")
        #expect(error?.retryability == .retry)
        #expect(try await pool.backend() == backend)
        await pool.close()
        await admin.close()
    }

    @Test("cancelling the task interrupts no statement: its outcome stays known")
    func cancelledTask() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let admin = try TestServer.makePool(size: 2)
            let backend = try await pool.backend()
            let writing = try await admin.transaction { gate in
                let lock: SQL = "pg_advisory_xact_lock(hashtext('a cancelled task')::bigint)"
                _ = try await gate.query("SELECT \(lock)::text")
                let writing = Task { try await pool.query("INSERT INTO \(table) SELECT 1, \(lock)::text RETURNING id") }
                try await until {
                    let waits = try await admin.query(
                        "SELECT 1 FROM pg_stat_activity WHERE pid = \(backend) AND wait_event = 'advisory'")
                    return !waits.isEmpty
                }
                writing.cancel()
                return writing
            }
            #expect(try await writing.value.count == 1)
            #expect(try await pool.count(table) == 1)
            await admin.close()
        }
    }

    @Test("unacknowledged data and silent peers are limited by the socket's own settings")
    func socketSettings() async throws {
        // A value nobody else uses tells this pool's socket from those of other tests.
        let pool = try TestServer.makePool(size: 1) { $0.tcpUserTimeout = .milliseconds(7_531) }
        try await pool.ping()
        let mine = (0..<1024).filter { option(Int32($0), IPPROTO_TCP, 18) == 7_531 }.map { Int32($0) }
        #expect(mine.count == 1)
        let socket = try #require(mine.first)
        #expect(option(socket, SOL_SOCKET, SO_KEEPALIVE) == 1)
        #expect([TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT].map { option(socket, IPPROTO_TCP, $0) } == [10, 3, 3])
        await pool.close()
    }

    private func option(_ socket: Int32, _ level: some BinaryInteger, _ name: Int32) -> Int32? {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(socket, Int32(level), name, &value, &size) == 0 ? value : nil
    }

    @Test("text with a NUL, which Postgres cannot store, is refused for good, and the connection is kept")
    func nul() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let backend = try await pool.backend()
            let error = await #expect(throws: PostgresError.self) {
                try await pool.execute("INSERT INTO \(table) VALUES (1, \("a\0b"))")
            }
            #expect(error?.retryability == .doNotRetry)
            #expect(error?.description.contains("a\0b") == false)
            #expect(try await pool.count(table) == 0)
            #expect(try await pool.backend() == backend)
        }
    }

    @Test("text is UTF-8 whatever the database is, and what the database cannot hold is refused for good")
    func encodings() async throws {
        let database = "latin_\(UUID().uuidString.prefix(8).lowercased())"
        let name = try #require(PostgresIdentifier(database))
        let admin = try TestServer.makeAdminPool()
        try await admin.execute(
            "CREATE DATABASE \(identifier: name) TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
        let pool = try makePool(database)
        try await pool.execute("CREATE TABLE rows (name text)")
        try await pool.execute("INSERT INTO rows VALUES (\("héllo"))")
        #expect(try await pool.query("SELECT name FROM rows")[0](0) == "héllo")
        let error = await #expect(throws: PostgresError.self) {
            try await pool.execute("INSERT INTO rows VALUES (\("日本"))")
        }
        #expect(error?.sqlState == "22P05")
        #expect(error?.retryability == .doNotRetry)
        await pool.close()
        try await admin.execute("DROP DATABASE \(identifier: name)")
        await admin.close()
    }

    @Test("commits are durable and sessions cannot linger: the settings of every connection")
    func durable() async throws {
        let database = "lossy_\(UUID().uuidString.prefix(8).lowercased())"
        let name = try #require(PostgresIdentifier(database))
        let admin = try TestServer.makeAdminPool()
        try await admin.execute("CREATE DATABASE \(identifier: name)")
        try await admin.execute("ALTER DATABASE \(identifier: name) SET synchronous_commit = off")
        let pools = [
            try makePool(database), try makePool(database, query: "options=-c%20synchronous_commit%3Doff"),
        ]
        for pool in pools {
            #expect(try await pool.query("SHOW synchronous_commit")[0](0) == "on")
            #expect(try await pool.query("SHOW client_encoding")[0](0) == "UTF8")
            #expect(try await pool.query("SHOW TimeZone")[0](0) == "UTC")
            await pool.close()
        }
        try await admin.execute("DROP DATABASE \(identifier: name)")
        await admin.close()
    }

    private func makePool(_ database: String, query: String? = nil) throws -> PostgresPool {
        var components = try #require(TestServer.url.flatMap { URLComponents(string: $0) })
        components.path = "/\(database)"
        if let query { components.percentEncodedQuery = query }
        return PostgresPool(
            try PostgresConfiguration(
                url: try #require(components.string), applicationName: "postgres tests", poolSize: 1),
            logger: TestServer.logger)
    }
}
