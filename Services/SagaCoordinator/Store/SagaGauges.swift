import Commerce
import Foundation
import Messaging
import Postgres

/// How the sagas stand that somebody has to see to. The rest has no index of its own: see `GET /sagas/counts`.
enum SagaGauges {
    static func reading(on pool: PostgresPool, _ clock: any WallClock) -> DatabaseGauges.Reading {
        DatabaseGauges.Reading("sagas") {
            let rows = try await pool.read(
                """
                SELECT status, count(*) AS count FROM sagas
                WHERE status IN ('stuck', 'diverged', 'paused', 'compensating') GROUP BY status
                UNION ALL SELECT 'past_deadline', count(*) FROM (
                    SELECT FROM sagas WHERE check_at <= \(clock.now - sweepingTime.timeInterval)
                    LIMIT \(DatabaseGauges.countMax)
                ) AS late
                """)
            let counts = try Dictionary(
                uniqueKeysWithValues: rows.map { row in
                    (try row("status", as: String.self), try row("count", as: Int.self))
                })
            return statuses.map { .init("sagas", "status", $0, counts[$0] ?? 0) }
                + [.init("sagas_past_deadline", counts["past_deadline"] ?? 0)]
        }
    }

    private static let statuses = ["stuck", "diverged", "paused", "compensating"]

    /// LIMIT: ten times the sweeper's tick; what it looks at later than this it does not come round to.
    private static let sweepingTime = Duration.seconds(10)
}
