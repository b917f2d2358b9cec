import Commerce
import Postgres

/// What sleeping sagas are in the tables.
enum SleeperStore {
    static func waiting(in pool: PostgresPool) async throws -> Int {
        try await pool.query("SELECT count(*) AS n FROM saga_coordinator.timers WHERE saga_id IS NOT NULL")[0]("n")
    }

    /// All that a sleeper leaves behind: its row, its step, its timer, and the inbox row of its start.
    static func bytes(in pool: PostgresPool) async throws -> Int {
        try await pool.query(
            """
            SELECT sum(pg_total_relation_size(('saga_coordinator.' || t)::regclass))::bigint AS n
            FROM unnest('{sagas,steps,timers,inbox}'::text[]) AS u(t)
            """)[0]("n")
    }

    static func advanceClock(seconds: Int, in pool: PostgresPool) async throws {
        try await pool.execute("UPDATE platform.dev_clock SET offset_ms = offset_ms + \(seconds * 1_000)")
    }
}

enum UUIDv7Text {
    static func make() -> String { UUIDv7.make().hexDigits }
}
