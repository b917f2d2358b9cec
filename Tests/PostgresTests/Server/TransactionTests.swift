import Foundation
import Postgres
import Synchronization
import Testing

@Suite("Transactions", .enabled(if: TestServer.isAvailable))
struct TransactionTests {
    private struct Refusal: Error {}

    @Test("what the body did is there after it returns")
    func commits() async throws {
        try await TestServer.withTable { pool, table in
            let name = try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO \(table) VALUES (1, \("a"))")
                return try await transaction.query("SELECT name FROM \(table)")[0]("name", as: String.self)
            }
            #expect(name == "a")
            let count = try await pool.count(table)
            #expect(count == 1)
        }
    }

    private struct Nested: Decodable {
        var inner: [Nested]

        init(from decoder: any Decoder) throws {
            inner = try decoder.singleValueContainer().decode([Nested].self)
        }
    }

    @Test("a body has the stack to decode what is nested as deeply as the decoder takes it")
    func deepBody() async throws {
        let text = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        try await TestServer.withTable { pool, _ in
            let nested = try await pool.transaction { transaction in
                _ = try await transaction.query("SELECT 1")
                return try JSONDecoder().decode(Nested.self, from: Data(text.utf8)).inner.count
            }
            #expect(nested == 1)
        }
    }

    @Test("what the body did is gone after it throws")
    func rollsBack() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            await #expect(throws: Refusal.self) {
                try await pool.transaction { transaction in
                    try await transaction.execute("INSERT INTO \(table) VALUES (1, 'a')")
                    throw Refusal()
                }
            }
            let count = try await pool.count(table)
            #expect(count == 0)
        }
    }

    @Test("an error the body swallowed does not pass for a commit")
    func swallowedError() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { transaction in
                    try await transaction.execute("INSERT INTO \(table) VALUES (1, 'a')")
                    _ = try? await transaction.execute("INSERT INTO \(table) VALUES (1, 'b')")
                }
            }
            #expect(error?.code == .transactionAborted)
            let count = try await pool.count(table)
            #expect(count == 0)
        }
    }

    @Test("an enqueued statement runs in its turn, with the next one or with COMMIT")
    func enqueues() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let seen = try await pool.transaction { transaction in
                transaction.enqueue("INSERT INTO \(table) VALUES (1, 'a')")
                transaction.enqueue("INSERT INTO \(table) VALUES (2, 'b')")
                let seen = try await transaction.query("SELECT count(*) AS n FROM \(table)")[0]("n", as: Int.self)
                transaction.enqueue("INSERT INTO \(table) VALUES (3, 'c')")
                return seen
            }
            #expect(seen == 2)
            let count = try await pool.count(table)
            #expect(count == 3)
        }
    }

    @Test("an enqueued statement that fails fails what it travels with, and all of it")
    func enqueuedFailure() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            for withNext in [true, false] {
                let error = await #expect(throws: PostgresError.self) {
                    try await pool.transaction { transaction in
                        transaction.enqueue("INSERT INTO \(table) VALUES (1, 'a')")
                        transaction.enqueue("INSERT INTO \(table) VALUES (1, 'b')")
                        if withNext { _ = try await transaction.query("SELECT 1") }
                    }
                }
                #expect(error?.isUniqueViolation == true)
                let count = try await pool.count(table)
                #expect(count == 0)
            }
        }
    }

    @Test("the last statements can travel with COMMIT")
    func commitsWithStatements() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let ids = try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO \(table) VALUES (1, 'a')")
                let rows = try await transaction.commit(with: [
                    "INSERT INTO \(table) VALUES (2, 'b')", "SELECT id FROM \(table) ORDER BY id",
                ])
                return try rows[1].map { try $0("id", as: Int.self) }
            }
            #expect(ids == [1, 2])
            let count = try await pool.count(table)
            #expect(count == 2)
        }
    }

    @Test("a refused last statement keeps the transaction from being applied")
    func refusedLastStatement() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { transaction in
                    try await transaction.execute("INSERT INTO \(table) VALUES (1, 'a')")
                    try await transaction.commit(with: ["INSERT INTO \(table) VALUES (1, 'b')"])
                }
            }
            #expect(error?.isUniqueViolation == true)
            #expect(error?.constraint == "items_pkey")
            let count = try await pool.count(table)
            #expect(count == 0)
        }
    }

    @Test("the workspace is visible inside and gone afterwards")
    func workspace() async throws {
        let pool = try TestServer.makePool(size: 1)
        let workspace = UUID()
        let setting: SQL = "SELECT coalesce(current_setting('stateset.workspace', true), '') AS id"
        let inside = try await pool.transaction(workspace: workspace) { transaction in
            try await transaction.query(setting)[0]("id", as: String.self)
        }
        #expect(UUID(uuidString: inside) == workspace)
        #expect(try await pool.query(setting)[0]("id") == "")
        #expect(try await pool.query(setting, workspace: workspace)[0]("id") == workspace.uuidString.lowercased())
        #expect(try await pool.query(setting)[0]("id") == "")
        await pool.close()
    }

    @Test("a transaction that escaped its body is refused")
    func escaped() async throws {
        let pool = try TestServer.makePool(size: 1)
        let escaped = try await pool.transaction { transaction in
            try await transaction.execute("SELECT 1")
            return transaction
        }
        let error = await #expect(throws: PostgresError.self) { try await escaped.execute("SELECT 1") }
        #expect(error?.code == .transactionEnded)
        #expect(try await pool.query("SELECT 1")[0](0) == 1)
        await pool.close()
    }

    @Test("a body without statements is a transaction too")
    func empty() async throws {
        let pool = try TestServer.makePool(size: 1)
        #expect(try await pool.transaction { _ in 7 } == 7)
        await pool.close()
    }

    @Test("a cancelled task starts no further statement and is rolled back")
    func cancellation() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            let inserted = Signal()
            let task = Task {
                try await pool.transaction { transaction in
                    try await transaction.execute("INSERT INTO \(table) VALUES (1, 'a')")
                    inserted.send()
                    try await until { Task.isCancelled }
                    try await transaction.execute("INSERT INTO \(table) VALUES (2, 'b')")
                }
            }
            await inserted.wait()
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let count = try await pool.count(table)
            #expect(count == 0)
        }
    }
}
