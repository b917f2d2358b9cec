import Commerce
import Foundation
import Messaging
import Postgres

/// How long deliveries and events are kept: long enough to be sent again by hand.
enum DeliveryRetention {
    static let kept = Duration.days(30)

    static func chores(on pool: PostgresPool, _ clock: any WallClock) -> [Housekeeping.Chore] {
        [
            Housekeeping.Chore("deliveries") { try await deleteDeliveries(clock.now, limit: $0, on: pool) },
            Housekeeping.Chore("webhook events") { try await deleteEvents(clock.now, limit: $0, on: pool) },
            DeliveryOrder.chore(on: pool),
        ]
    }

    /// With their attempts. What waits for an endpoint that nobody has resumed for that long goes too, counted from when
    /// it was due: what somebody has sent again is young, however old it is.
    private static func deleteDeliveries(_ now: Date, limit: Int, on pool: PostgresPool) async throws -> Int {
        let before = now - kept.timeInterval
        return try await pool.transaction { database in
            let rows = try await database.query(
                """
                DELETE FROM deliveries WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM deliveries
                    WHERE coalesce(finished_at, next_attempt_at) < \(before)
                        AND (lease_until IS NULL OR lease_until <= now())
                    LIMIT \(limit) FOR UPDATE SKIP LOCKED))
                RETURNING webhook_id, subject, status
                """)
            let waited = try rows.filter { try $0("status", as: String.self) == "pending" }
            if !waited.isEmpty {
                let webhooks: [UUID] = try waited.map { try $0("webhook_id") }
                let subjects: [String] = try waited.map { try $0("subject") }
                try await database.execute(DeliveryOrder.release(webhooks, subjects))
            }
            return rows.count
        }
    }

    private static func deleteEvents(_ now: Date, limit: Int, on pool: PostgresPool) async throws -> Int {
        let before = now - kept.timeInterval
        return try await pool.execute(
            """
            DELETE FROM webhook_events WHERE ctid = ANY(ARRAY(
                SELECT e.ctid FROM webhook_events e
                WHERE e.created_at < \(before) AND NOT EXISTS (
                    SELECT FROM deliveries d WHERE d.workspace_id = e.workspace_id AND d.event_id = e.id)
                LIMIT \(limit) FOR UPDATE SKIP LOCKED))
            """)
    }
}
