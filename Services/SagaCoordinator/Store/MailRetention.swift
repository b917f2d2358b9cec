import Commerce
import Foundation
import Messaging
import Postgres
import Sagas

/// How long events are kept: those that nobody has come for, and those of a saga from its end on.
///
/// Until then a restart gives the next run what an earlier one has taken, or has left.
enum MailRetention {
    static let kept = Duration.days(30)

    static func chore(on pool: PostgresPool, _ clock: any WallClock) -> Housekeeping.Chore {
        Housekeeping.Chore("mail of ended sagas") { limit in
            try await pool.transaction { try await deleteEnded(clock.now, limit: limit, in: $0) }
        }
    }

    private static let ended = SagaStatus.allCases.filter(\.isTerminal).map(\.rawValue)

    /// LIMIT: old mail of sagas that are still under way is passed over anew each time: a few events of a few sagas.
    static func deleteEnded(_ now: Date, limit: Int, in database: PostgresTransaction) async throws -> Int {
        let before = now - kept.timeInterval
        return try await database.execute(
            """
            DELETE FROM mailbox WHERE id = ANY(ARRAY(
                SELECT m.id FROM mailbox m
                JOIN sagas s ON s.workspace_id = m.workspace_id AND s.name = m.saga_name AND s.key = m.saga_key
                WHERE m.received_at < \(before) AND s.status = ANY(\(ended)) AND s.updated_at < \(before)
                LIMIT \(limit) FOR UPDATE OF m SKIP LOCKED))
            """)
    }
}
