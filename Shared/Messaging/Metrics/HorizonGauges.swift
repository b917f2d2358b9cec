import Postgres
import Synchronization

/// What keeps Postgres from clearing deleted rows away, which every claim of due rows then reads: an old transaction, a
/// prepared one that was forgotten, a replication slot that nobody reads. One service shows it for all.
///
/// Others' transactions are seen by their ids, since when they began is shown to superusers only: the oldest counts from
/// the look that saw it first.
public final class HorizonGauges: Sendable {
    private struct Holder {
        var transaction: String
        var since: Double
    }

    private let pool: PostgresPool
    private let oldest = Mutex<Holder?>(nil)

    public init(pool: PostgresPool) {
        self.pool = pool
    }

    public var reading: DatabaseGauges.Reading {
        DatabaseGauges.Reading("horizon") { try await self.read() }
    }

    private func read() async throws -> [DatabaseGauges.Value] {
        // WHY: a vacuum's own transaction holds nobody up.
        let row = try await pool.read(
            """
            SELECT extract(epoch FROM clock_timestamp())::double precision AS at, h.transaction, h.age,
                coalesce((
                    SELECT max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) FROM pg_replication_slots
                ), 0)::bigint AS retained
            FROM (SELECT) AS always LEFT JOIN (
                SELECT xid::text AS transaction, age(xid) AS age FROM (
                    SELECT unnest(ARRAY[backend_xmin, backend_xid]) AS xid FROM pg_stat_activity
                    WHERE pid <> pg_backend_pid() AND (datname = current_database() OR datname IS NULL)
                        AND pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum)
                    UNION ALL SELECT unnest(ARRAY[xmin, catalog_xmin]) FROM pg_replication_slots
                    UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
                ) AS holders WHERE age(xid) > 0 ORDER BY age(xid) DESC LIMIT 1
            ) AS h ON true
            """)[0]
        let at: Double = try row("at")
        let age = seconds(holding: try row("transaction"), at: at)
        return [
            .init("postgres_xmin_age_seconds", age),
            .init("postgres_xmin_age_transactions", try row("age", as: Int?.self) ?? 0),
            .init("postgres_replication_slot_retained_bytes", try row("retained", as: Int.self)),
        ]
    }

    /// How long the transaction has been the oldest.
    private func seconds(holding transaction: String?, at now: Double) -> Double {
        oldest.withLock { oldest in
            guard let transaction else {
                oldest = nil
                return 0
            }
            if let known = oldest, known.transaction == transaction { return max(now - known.since, 0) }
            oldest = Holder(transaction: transaction, since: now)
            return 0
        }
    }
}
