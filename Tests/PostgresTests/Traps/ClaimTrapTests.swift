import Postgres
import Synchronization
import Testing

/// Queues in tables: claims with SKIP LOCKED.
@Suite("Claims", .enabled(if: TestServer.isAvailable))
struct ClaimTrapTests {
    private final class Counts: Sendable {
        let attempts = Atomic(0)
        let commits = Atomic(0)
    }

    @Test(
        "rows claimed by many at once are each claimed once; read committed never conflicts",
        arguments: [IsolationLevel.readCommitted, .repeatableRead])
    func claims(isolation: IsolationLevel) async throws {
        try await TestServer.withTable(size: 4) { pool, table in
            try await pool.execute("INSERT INTO \(table) (id) SELECT generate_series(1, 600)")
            let counts = Counts()
            @Sendable func claim() async throws -> [Int] {
                try await pool.transaction(isolation: isolation) { transaction in
                    counts.attempts.add(1, ordering: .relaxed)
                    return try await transaction.query(
                        """
                        DELETE FROM \(table) WHERE id IN (
                            SELECT id FROM \(table) ORDER BY id LIMIT 10 FOR UPDATE SKIP LOCKED)
                        RETURNING id
                        """
                    ).map { try $0("id", as: Int.self) }
                }
            }
            let claimed = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var mine: [Int] = []
                        while try await pool.count(table) > 0 {
                            do {
                                mine += try await claim()
                                counts.commits.add(1, ordering: .relaxed)
                            } catch let error as PostgresError where error.sqlState == "40001" {
                                // More conflicts than one transaction is repeated for.
                            }
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.sorted() == Array(1...600))
            if isolation == .readCommitted {
                #expect(counts.attempts.load(ordering: .relaxed) == counts.commits.load(ordering: .relaxed))
            }
        }
    }

    @Test("a list of any length is one parameter")
    func lists() async throws {
        let pool = try TestServer.makePool(size: 1)
        let ids = Array(1...100_000)
        let counted = try await pool.query("SELECT count(*) FROM unnest(\(ids)) AS id")[0](0, as: Int.self)
        #expect(counted == ids.count)
        await pool.close()
    }
}
