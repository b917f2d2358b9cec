import Foundation
import Postgres
import Synchronization
import Testing

@Suite("Conflicts and changed plans", .enabled(if: TestServer.isAvailable))
struct RetryServerTests {
    @Test("a serialization failure runs the body again")
    func serialization() async throws {
        try await TestServer.withTable { pool, table in
            try await pool.execute("INSERT INTO \(table) VALUES (1, '0')")
            let attempts = Atomic(0)
            try await pool.transaction(isolation: .repeatableRead) { transaction in
                _ = try await transaction.query("SELECT name FROM \(table)")
                if attempts.add(1, ordering: .relaxed).newValue == 1 {
                    try await pool.execute("UPDATE \(table) SET name = 'other'")
                }
                try await transaction.execute("UPDATE \(table) SET name = name || '!'")
            }
            #expect(attempts.load(ordering: .relaxed) == 2)
            #expect(try await pool.query("SELECT name FROM \(table)")[0](0) == "other!")
        }
    }

    @Test("a conflict that never ends is given up after five repeats")
    func endlessConflict() async throws {
        let pool = try TestServer.makePool(size: 1)
        let attempts = Atomic(0)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.transaction { transaction in
                attempts.add(1, ordering: .relaxed)
                try await transaction.execute("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
            }
        }
        #expect(error?.sqlState == "40001")
        #expect(error?.retryability == .retry)
        #expect(attempts.load(ordering: .relaxed) == 6)
        await pool.close()
    }

    @Test("of two transactions in a deadlock both succeed in the end")
    func deadlock() async throws {
        try await TestServer.withTable { pool, table in
            try await pool.execute("INSERT INTO \(table) VALUES (1, ''), (2, '')")
            let locked = [Signal(), Signal()]
            func update(first: Int, second: Int, mine: Signal, other: Signal) async throws {
                try await pool.transaction { transaction in
                    try await transaction.execute("SET LOCAL deadlock_timeout = '20ms'")
                    try await transaction.execute("UPDATE \(table) SET name = name || 'x' WHERE id = \(first)")
                    mine.send()
                    await other.wait()
                    try await transaction.execute("UPDATE \(table) SET name = name || 'x' WHERE id = \(second)")
                }
            }
            async let one: Void = update(first: 1, second: 2, mine: locked[0], other: locked[1])
            async let two: Void = update(first: 2, second: 1, mine: locked[1], other: locked[0])
            _ = try await (one, two)
            let names = try await pool.query("SELECT name FROM \(table)").map { try $0(0, as: String.self) }
            #expect(names == ["xx", "xx"])
        }
    }

    @Test("a statement whose columns a migration changed is prepared again")
    func changedPlan() async throws {
        try await TestServer.withTable(size: 1) { pool, table in
            try await pool.execute("INSERT INTO \(table) VALUES (1, 'a')")
            let all: SQL = "SELECT * FROM \(table)"
            #expect(try await pool.query(all)[0].columns == ["id", "name"])
            try await pool.execute("ALTER TABLE \(table) ADD COLUMN price bigint DEFAULT 5")
            #expect(try await pool.query(all)[0]("price") == 5)
            try await pool.execute("ALTER TABLE \(table) DROP COLUMN price")
            let columns = try await pool.transaction { try await $0.query(all)[0].columns }
            #expect(columns == ["id", "name"])
        }
    }

    @Test("statements beyond the cache are prepared again")
    func eviction() async throws {
        let pool = try TestServer.makePool(size: 1)
        for round in 0..<2 {
            for number in 0..<300 {
                let row = try await pool.query("SELECT \(round) AS round, \(unsafeRaw: "\(number)") AS number")[0]
                #expect(try row("number") == number)
            }
        }
        let kept: Int = try await pool.query("SELECT count(*) FROM pg_prepared_statements")[0](0)
        #expect(kept <= 257)
        await pool.close()
    }
}
