import Commerce
import Foundation
import Postgres

/// How the tables stand that every service has for its messages. Each query reads a few rows of an index.
enum PlumbingGauges {
    static func readings(of outbox: TransactionalOutbox) -> [DatabaseGauges.Reading] {
        [
            .init("messages") { try await messages(outbox) },
            .init("tables") { try await tables(["inbox", "outbox", "timers"], on: outbox.pool) },
        ]
    }

    /// How long a failed message counts as failing: longer than the longest pause between two of its tries.
    private static let failingWindow = Duration.minutes(15)

    private static func messages(_ outbox: TransactionalOutbox) async throws -> [DatabaseGauges.Value] {
        let max = DatabaseGauges.countMax
        // Ids of outbox rows begin with their time.
        let row = try await outbox.pool.read(
            """
            SELECT
                (SELECT extract(epoch FROM now() - created_at)::double precision
                    FROM outbox ORDER BY id LIMIT 1) AS outbox_age,
                (SELECT count(*) FROM (
                    SELECT FROM outbox WHERE parked_at IS NOT NULL LIMIT \(max)) AS parked) AS parked,
                (SELECT due_at FROM timers ORDER BY due_at LIMIT 1) AS due_at,
                (SELECT count(*) FROM (
                    SELECT FROM dead_letters WHERE status = 'open' LIMIT \(max)) AS letters) AS letters,
                failing.messages, failing.attempts
            FROM (
                SELECT count(*) AS messages, coalesce(max(attempts), 0) AS attempts FROM (
                    SELECT attempts FROM retries WHERE last_at > now() - \(failingWindow)::interval LIMIT \(max)
                ) AS recent
            ) AS failing
            """)[0]
        let dueAt: Date? = try row("due_at")
        return [
            .init("outbox_oldest_age_seconds", Swift.max(try row("outbox_age", as: Double?.self) ?? 0, 0)),
            .init("outbox_parked", try row("parked", as: Int.self)),
            .init("timer_lag_seconds", dueAt.map { Swift.max(outbox.clock.now.timeIntervalSince($0), 0) } ?? 0),
            .init("dead_letters_open", try row("letters", as: Int.self)),
            .init("messages_failing", try row("messages", as: Int.self)),
            .init("messages_failing_attempts_max", try row("attempts", as: Int.self)),
        ]
    }

    /// The server's own estimates: what is there, and what autovacuum has not cleared away yet.
    private static func tables(_ names: [String], on pool: PostgresPool) async throws -> [DatabaseGauges.Value] {
        try await pool.read(
            """
            SELECT name, pg_stat_get_live_tuples(name::regclass) AS live, pg_stat_get_dead_tuples(name::regclass) AS dead
            FROM unnest(\(names)) AS t(name)
            """
        ).flatMap { row in
            let name: String = try row("name")
            return [
                DatabaseGauges.Value("table_rows", "table", name, try row("live", as: Int.self)),
                .init("table_dead_rows", "table", name, try row("dead", as: Int.self)),
            ]
        }
    }
}
