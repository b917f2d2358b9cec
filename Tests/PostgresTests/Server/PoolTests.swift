import Postgres
import Testing

@Suite("The pool", .enabled(if: TestServer.isAvailable))
struct PoolTests {
    /// A task that holds the pool's only connection until told.
    private func hold(_ pool: PostgresPool, until release: Signal) async -> Task<Void, any Error> {
        let held = Signal()
        let task = Task {
            try await pool.transaction { transaction in
                try await transaction.execute("SELECT 1")
                held.send()
                await release.wait()
            }
        }
        await held.wait()
        return task
    }

    @Test("an exhausted pool lets the next task wait and then serves it")
    func exhaustion() async throws {
        let pool = try TestServer.makePool(size: 1)
        let release = Signal()
        let holder = await hold(pool, until: release)
        async let answer: Int = pool.query("SELECT 7")[0](0)
        try await until { pool.waiting == 1 }
        release.send()
        #expect(try await answer == 7)
        try await holder.value
        await pool.close()
    }

    @Test("a cancelled waiter leaves the queue")
    func cancellation() async throws {
        let pool = try TestServer.makePool(size: 1)
        let release = Signal()
        let holder = await hold(pool, until: release)
        let waiter = Task { try await pool.query("SELECT 7") }
        try await until { pool.waiting == 1 }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        #expect(pool.waiting == 0)
        release.send()
        try await holder.value
        await pool.close()
    }

    @Test("closing waits for transactions under way and refuses the rest")
    func closing() async throws {
        let pool = try TestServer.makePool(size: 1)
        let release = Signal()
        let holder = await hold(pool, until: release)
        let waiter = Task { try await pool.query("SELECT 7") }
        try await until { pool.waiting == 1 }
        let closing = Task { await pool.close() }
        let refused = await #expect(throws: PostgresError.self) { try await waiter.value }
        #expect(refused?.code == .poolClosed)
        release.send()
        try await holder.value
        await closing.value
        let late = await #expect(throws: PostgresError.self) { try await pool.ping() }
        #expect(late?.code == .poolClosed)
    }

    @Test("many tasks share few connections")
    func contention() async throws {
        try await TestServer.withTable(size: 3) { pool, table in
            try await withThrowingTaskGroup { group in
                for number in 0..<200 {
                    group.addTask {
                        try await pool.transaction { transaction in
                            try await transaction.execute("INSERT INTO \(table) VALUES (\(number), 'a')")
                            try await transaction.execute("UPDATE \(table) SET name = 'b' WHERE id = \(number)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await pool.count(table) == 200)
        }
    }
}
