import AMQP
import Commerce
import CoreMetrics
import Foundation
import Postgres
import Schema
import ServiceKit
import Support
import Synchronization
import Testing

@testable import Messaging

@Suite("Gauges of the database", .tags(.postgres))
struct GaugeTests {
    private struct Down: Error {}

    @Test("every round shows what was read; what cannot be read keeps nothing else from being shown")
    func rounds() async throws {
        let registry = PrometheusRegistry()
        let rounds = Mutex(0)
        let gauges = DatabaseGauges(
            [
                .init("down") { throw Down() },
                .init("up") {
                    let round = rounds.withLock { $0 }
                    return [.init("depth", round), .init("rows", "table", "inbox", 7 + round)]
                },
            ], logger: .quiet
        ) { pause in
            #expect(pause > .seconds(10) && pause < .seconds(20))
            let round = rounds.withLock { rounds in
                rounds += 1
                return rounds
            }
            if round == 2 { withUnsafeCurrentTask { $0?.cancel() } }
        }
        try await withMetricsFactory(registry) { try await gauges.run() }
        let lines = registry.text.split(separator: "\n")
        #expect(lines.contains("depth 1.0") && lines.contains(#"rows{table="inbox"} 8.0"#))
    }

    /// With the login of a service, in a database of its own.
    private func with(
        _ test: (_ tracking: PostgresPool, _ owner: PostgresPool) async throws -> Void
    ) async throws {
        try await EmptyDatabase.run(MessagingBench.postgresURL ?? "") { url in
            let login = try await ServiceLogin.url(url, as: "stateset_tracking", schema: "tracking")
            let pools = try [login, url].map {
                PostgresPool(try PostgresConfiguration(url: $0, applicationName: "test"), logger: .quiet)
            }
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await test(pools[0], pools[1])) } catch { outcome = .failure(error) }
            for pool in pools { await pool.close() }
            try outcome.get()
        }
    }

    private func read(_ readings: [DatabaseGauges.Reading]) async throws -> [String: Double] {
        var values: [String: Double] = [:]
        for reading in readings {
            for value in try await reading.read() { values[value.name + value.labelValue] = value.number }
        }
        return values
    }

    private func outbox(_ pool: PostgresPool, _ clock: any WallClock) throws -> TransactionalOutbox {
        let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
        return TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: .tracking, clock: clock),
            relay: OutboxRelay(pool: pool, publisher: AMQPPublisher(nowhere, logger: .quiet), logger: .quiet))
    }

    @Test(
        "they tell what is owed, late, failing and given up on, with a service's rights",
        .enabled(if: MessagingBench.isThere))
    func plumbing() async throws {
        try await with { pool, owner in
            let clock = ManualClock(Date(timeIntervalSince1970: 1_800_000_000))
            let readings = PlumbingGauges.readings(of: try outbox(pool, clock))
            let idle = try await read(readings)
            #expect(idle.filter { $0.value != 0 }.isEmpty && idle.count == 12)
            let workspace = WorkspaceID().uuid
            try await owner.pipeline([
                """
                INSERT INTO tracking.outbox (id, workspace_id, exchange, routing_key, body, created_at, parked_at)
                VALUES ('01', \(workspace), '', 'a', '{}', now() - interval '90 seconds', NULL),
                    ('02', \(workspace), '', 'a', '{}', now(), NULL),
                    ('03', \(workspace), '', 'a', '{}', now(), now())
                """,
                """
                INSERT INTO tracking.timers (id, workspace_id, due_at, exchange, routing_key, body)
                SELECT gen_random_uuid(), \(workspace), due_at, '', 'a', '{}'
                FROM unnest(\([clock.now - 42, clock.now + 60])) AS t(due_at)
                """,
                """
                INSERT INTO tracking.dead_letters (id, workspace_id, queue, message_id, reason, detail, body, status)
                SELECT gen_random_uuid(), gen_random_uuid(), 'q', 'm', 'malformed', 'x', '', status
                FROM unnest(ARRAY['open', 'open', 'requeued', 'discarded']) AS t(status)
                """,
                """
                INSERT INTO tracking.retries (message_id, workspace_id, attempts, last_error, last_at)
                VALUES ('a', \(workspace), 7, 'x', now()), ('b', \(workspace), 2, 'x', now() - interval '5 minutes'),
                    ('c', \(workspace), 19, 'x', now() - interval '1 day')
                """,
            ])
            let values = try await read(readings)
            let age = values["outbox_oldest_age_seconds"] ?? 0
            #expect(age >= 90 && age < 150)
            #expect(values["outbox_parked"] == 1)
            #expect(values["timer_lag_seconds"] == 42)
            #expect(values["dead_letters_open"] == 2)
            #expect(values["messages_failing"] == 2)
            #expect(values["messages_failing_attempts_max"] == 7)
        }
    }

    @Test("they tell how many rows autovacuum has left", .enabled(if: MessagingBench.isThere))
    func deadRows() async throws {
        try await with { pool, owner in
            let clock = SystemClock()
            try await owner.pipeline([
                """
                INSERT INTO tracking.timers (id, workspace_id, due_at, exchange, routing_key, body)
                SELECT gen_random_uuid(), gen_random_uuid(), \(clock.now + 60), '', 'a', '{}' FROM generate_series(1, 20)
                """,
                "DELETE FROM tracking.timers WHERE id IN (SELECT id FROM tracking.timers LIMIT 15)",
                // WHY: what a session has changed is told to the statistics within a second otherwise.
                "SELECT pg_stat_force_next_flush()",
            ])
            let values = try await read(PlumbingGauges.readings(of: try outbox(pool, clock)))
            #expect(values["table_rowstimers"] == 5)
            #expect(values["table_dead_rowstimers"] == 15)
        }
    }

    // WHY: the server's own sessions (an autovacuum that looks about) keep a transaction in view a moment longer, or are
    // older than it for a moment; what is expected is therefore waited for.
    @Test(
        "they tell since when somebody keeps deleted rows from being cleared away",
        .enabled(if: MessagingBench.isThere), .timeLimit(.minutes(2)))
    func horizon() async throws {
        try await with { pool, owner in
            let gauges = HorizonGauges(pool: pool)
            @Sendable func seconds() async throws -> Double {
                try #require(try await read([gauges.reading])["postgres_xmin_age_seconds"])
            }
            try await owner.transaction { holder in
                _ = try await holder.query("SELECT pg_current_xact_id()::text")
                try await owner.execute("CREATE TABLE written (id int)")
                let first = try await read([gauges.reading])
                #expect(first["postgres_xmin_age_seconds"] == 0)
                #expect(first["postgres_xmin_age_transactions"] ?? 0 > 0)
                while try await seconds() == 0 { await Task.yield() }
            }
            try await owner.execute("INSERT INTO written VALUES (1)")
            while try await seconds() > 0 { await Task.yield() }
        }
    }

    @Test("they tell how much a replication slot that nobody reads keeps", .enabled(if: MessagingBench.isThere))
    func slot() async throws {
        try await with { pool, owner in
            let slot = "test_\(UUIDv7.make().hexDigits)"
            try await owner.execute("SELECT pg_create_physical_replication_slot(\(slot)::name, true)")
            try await owner.execute("CREATE TABLE written AS SELECT generate_series(1, 10000) AS id")
            let values = try await read([HorizonGauges(pool: pool).reading])
            try await owner.execute("SELECT pg_drop_replication_slot(\(slot)::name)")
            #expect(values["postgres_replication_slot_retained_bytes"] ?? 0 > 100_000)
        }
    }
}
