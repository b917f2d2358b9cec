import Commerce
import Foundation
import Messaging
import Postgres

/// How long a mail's words and address are kept, and what asked for one that has none. That the fact was told stays known, so that it is told once.
enum EmailRetention {
    static let kept = Duration.days(90)

    static func chores(on pool: PostgresPool, _ clock: any WallClock) -> [Housekeeping.Chore] {
        [Housekeeping.Chore("e-mails") { try await forget(clock.now, limit: $0, on: pool) }]
    }

    private static func forget(_ now: Date, limit: Int, on pool: PostgresPool) async throws -> Int {
        let before = now - kept.timeInterval
        return try await pool.execute(
            """
            UPDATE emails SET content = NULL, recipient = NULL, command = NULL WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM emails
                WHERE updated_at < \(before) AND status <> 'queued'
                    AND (content IS NOT NULL OR recipient IS NOT NULL OR command IS NOT NULL)
                LIMIT \(limit) FOR UPDATE SKIP LOCKED))
            """)
    }
}
