import Commerce
import Postgres

/// `effects_made`: one row for each effect.
enum EffectStore {
    static func insert(_ saga: SagaID, step: Int, in database: PostgresTransaction) {
        database.enqueue("INSERT INTO effects_made (saga_id, step) VALUES (\(saga.uuid), \(step))")
    }

    static func empty(in pool: PostgresPool) async throws {
        try await pool.execute("TRUNCATE bench_participant.effects_made")
    }

    /// All rows, and how many (saga, step) they are of.
    static func counts(in pool: PostgresPool) async throws -> (rows: Int, distinct: Int) {
        let rows = try await pool.query(
            """
            SELECT count(*) AS rows, count(DISTINCT (saga_id, step)) AS steps FROM bench_participant.effects_made
            """)
        return (try rows[0]("rows"), try rows[0]("steps"))
    }
}
