import Commerce
import Foundation
import Messaging
import Postgres

/// How long a mail's words and address are kept, what asked for one that has none, and what a server said of it, which may
/// name the customer. That the fact was told stays known, so that it is told once.
enum EmailRetention {
    static let kept = Duration.days(90)

    static func chores(on pool: PostgresPool, _ clock: any WallClock) -> [Housekeeping.Chore] {
        [
            Housekeeping.Chore("e-mails") { try await forget(clock.now, limit: $0, on: pool) },
            Housekeeping.Chore("sendings of e-mails") { try await forgetSendings(limit: $0, on: pool) },
        ]
    }

    private static func forget(_ now: Date, limit: Int, on pool: PostgresPool) async throws -> Int {
        let before = now - kept.timeInterval
        return try await pool.execute(
            """
            UPDATE emails SET content = NULL, recipient = NULL, command = NULL, server_answer = NULL,
                error = error || '{"message": "What was said of it is kept for 90 days."}', forgotten_at = \(now)
            WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM emails
                WHERE updated_at < \(before) AND status <> 'queued' AND forgotten_at IS NULL
                LIMIT \(limit) FOR UPDATE SKIP LOCKED))
            """)
    }

    /// The same words in the effects that sent them, or were to, by the database's clock, which stamped the rows. How each
    /// ended and its reply, which says nothing of the customer, stay: a command that comes again is answered as before.
    ///
    /// WHY: whatever the state: a sending that was put off and overtaken by another, or whose process died, never ends. Only
    /// one that its mail still goes on with keeps its words.
    private static func forgetSendings(limit: Int, on pool: PostgresPool) async throws -> Int {
        // WHY: the provider is no parameter, so that the index for this is found.
        try await pool.execute(
            """
            UPDATE effects SET request = '{}', outcome = NULL, error = NULL WHERE ctid = ANY(ARRAY(
                SELECT f.ctid FROM effects f
                WHERE f.provider = 'smtp' AND f.request <> '{}' AND f.updated_at < now() - \(kept)::interval
                    AND (f.state IN ('done', 'refused') OR NOT EXISTS (
                        SELECT FROM emails e
                        WHERE e.workspace_id = f.workspace_id AND e.message_key = split_part(f.key, '/', 2)
                            AND e.generation::text = split_part(f.key, '/', 3)
                            AND e.status = 'queued' AND e.held_since IS NULL))
                LIMIT \(limit) FOR UPDATE OF f SKIP LOCKED))
            """)
    }
}
