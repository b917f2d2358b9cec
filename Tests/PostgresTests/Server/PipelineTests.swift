import Postgres
import Testing

@Suite("Pipelines", .enabled(if: TestServer.isAvailable))
struct PipelineTests {
    @Test("each statement's rows come back in its place")
    func results() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let results = try await pool.transaction { transaction in
                try await transaction.pipeline([
                    "INSERT INTO \(table) VALUES (1, 'a') RETURNING id",
                    "INSERT INTO \(table) VALUES (2, 'b')",
                    "SELECT name FROM \(table) ORDER BY id",
                ])
            }
            #expect(results.map(\.count) == [1, 0, 2])
            #expect(try results[2].map { try $0("name", as: String.self) } == ["a", "b"])
        }
    }

    @Test("an error keeps the rest from running and what went before from being applied")
    func error() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let statements: [SQL] = [
                "INSERT INTO \(table) VALUES (1, 'a')", "SELECT 1/\(0)", "INSERT INTO \(table) VALUES (2, 'b')",
            ]
            for _ in 0..<2 {
                let alone = await #expect(throws: PostgresError.self) { try await pool.pipeline(statements) }
                #expect(alone?.sqlState == "22012")
                #expect(alone?.statement == "SELECT 1/$1")
                let inside = await #expect(throws: PostgresError.self) {
                    try await pool.transaction { try await $0.pipeline(statements) }
                }
                #expect(inside?.sqlState == "22012")
            }
            let count = try await pool.count(table)
            #expect(count == 0)
        }
    }

    @Test("a statement that cannot be prepared fails the pipeline and can be corrected")
    func syntaxError() async throws {
        let pool = try TestServer.makePool(size: 1)
        let error = await #expect(throws: PostgresError.self) { try await pool.pipeline(["SELECT 1", "SELEC 2"]) }
        #expect(error?.sqlState == "42601")
        #expect(try await pool.pipeline(["SELECT 1", "SELECT 2"])[1][0](0) == 2)
        await pool.close()
    }

    @Test("more than both sockets can hold goes through in both directions")
    func large() async throws {
        let pool = try TestServer.makePool(size: 1) { $0.statementTimeout = .seconds(60) }
        let text = String(repeating: "0123456789", count: 2_000)
        let statements = (0..<1_000).map { number -> SQL in "SELECT \(text) AS text, \(number) AS number" }
        let results = try await pool.pipeline(statements)
        #expect(results.count == statements.count)
        #expect(try results[999][0]("number") == 999)
        #expect(try results.allSatisfy { try $0[0]("text", as: String.self).utf8.count == text.utf8.count })
        await pool.close()
    }

    @Test("the same new statement twice in a pipeline is prepared once")
    func repeated() async throws {
        let pool = try TestServer.makePool(size: 1)
        let results = try await pool.pipeline((0..<3).map { "SELECT \($0) + 1 AS next" })
        #expect(try results.map { try $0[0]("next", as: Int.self) } == [1, 2, 3])
        let prepared: Int = try await pool.query(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%AS next'")[0](0)
        #expect(prepared == 1)
        await pool.close()
    }

    @Test("more parameters than the protocol carries are refused, and the pool goes on")
    func tooManyParameters() async throws {
        let pool = try TestServer.makePool(size: 1)
        let list = (0...65_535).map { number -> SQL in "\(number)" }.joined(separator: ", ")
        let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1 WHERE 1 IN (\(list))") }
        #expect(error?.code == .statement)
        #expect(error?.retryability == .doNotRetry)
        try await pool.ping()
        await pool.close()
    }

    @Test("COPY is refused, and the pool goes on")
    func copy() async throws {
        let pool = try TestServer.makePool(size: 1)
        let error = await #expect(throws: PostgresError.self) { try await pool.query("COPY (SELECT 1) TO STDOUT") }
        #expect(error?.retryability == .doNotRetry)
        try await pool.ping()
        await pool.close()
    }

    @Test("an empty pipeline returns nothing")
    func empty() async throws {
        let pool = try TestServer.makePool(size: 1)
        #expect(try await pool.pipeline([]).isEmpty)
        await pool.close()
    }
}
