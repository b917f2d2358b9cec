import Foundation
import Messaging
import Postgres

/// Which deliveries of ordered endpoints wait for an earlier one of their subject.
///
/// They are marked, and no claim reads them: of however many wait, it reads the first of each subject. A claim marks what
/// it finds waiting; when a delivery ends, the next one of its subject that is not under way loses its mark.
///
/// *Guarantees*: order does not rest on the marks, for what is claimed is the first of its subject by looking; one that is
/// missing costs reading. The first of a subject has none: whoever marks those behind it holds its row meanwhile, so that
/// it ends afterwards and sees them.
enum DeliveryOrder {
    /// LIMIT: deliveries of an endpoint that one claim looks at, and marks in some tens of milliseconds; sixty-four
    /// endpoints together in less than a second.
    static let candidatesMax = 200

    /// Marks what waits among the next deliveries of ordered endpoints, and says how many it marked.
    static func mark(_ webhooks: [UUID], _ now: Date) -> SQL {
        // WHY: nothing is waited for, so that nobody waits in a ring. What is locked is changing: a first one that ends
        // just now has nothing marked behind it that it would not see.
        """
        WITH due AS MATERIALIZED (
            SELECT x.* FROM webhooks w CROSS JOIN LATERAL (
                SELECT d.id, d.webhook_id, d.subject, d.occurred_at, d.event_id FROM deliveries d
                WHERE d.webhook_id = w.id AND d.status = 'pending' AND NOT d.waits AND d.next_attempt_at <= \(now)
                ORDER BY d.next_attempt_at LIMIT \(candidatesMax)
            ) x WHERE w.id = ANY(\(webhooks)) AND w.ordered
        ), heads AS MATERIALIZED (
            SELECT h.* FROM (SELECT DISTINCT webhook_id, subject FROM due) k CROSS JOIN LATERAL (
                SELECT b.webhook_id, b.subject, b.occurred_at, b.event_id FROM deliveries b
                WHERE b.webhook_id = k.webhook_id AND b.subject = k.subject AND b.status = 'pending'
                ORDER BY b.occurred_at, b.event_id LIMIT 1 FOR SHARE SKIP LOCKED
            ) h
        ), tails AS MATERIALIZED (
            SELECT d.id FROM due
            JOIN heads h ON h.webhook_id = due.webhook_id AND h.subject = due.subject
                AND (h.occurred_at, h.event_id) < (due.occurred_at, due.event_id)
            JOIN deliveries d ON d.id = due.id
            WHERE d.status = 'pending' AND (d.lease_until IS NULL OR d.lease_until <= now())
            FOR NO KEY UPDATE OF d SKIP LOCKED
        ), marked AS (
            UPDATE deliveries d SET waits = true FROM tails t WHERE d.id = t.id RETURNING 1
        )
        SELECT count(*) AS count FROM marked
        """
    }

    /// Takes the marks off a part of what waits at endpoints that are ordered no more, and says how many.
    static func unmark(_ webhooks: [UUID]) -> SQL {
        """
        WITH freed AS (
            UPDATE deliveries SET waits = false WHERE id = ANY(ARRAY(
                SELECT d.id FROM webhooks w CROSS JOIN LATERAL (
                    SELECT x.id FROM deliveries x WHERE x.webhook_id = w.id AND x.waits
                    LIMIT \(candidatesMax) FOR NO KEY UPDATE SKIP LOCKED
                ) d WHERE w.id = ANY(\(webhooks)) AND NOT w.ordered))
            RETURNING 1
        )
        SELECT count(*) AS count FROM freed
        """
    }

    /// Lets the first of each subject that is not under way go, after one before it may have ended. A statement of its own:
    /// only that sees marks that were made meanwhile.
    ///
    /// WHY: what is under way is passed over. Two that end at once each see the other pending, and neither would let the
    /// third go. Where one is under way for long, the third is found waiting and marked again.
    /// - Parameters:
    ///   - webhooks: the endpoint of each subject.
    static func release(_ webhooks: [UUID], _ subjects: [String]) -> SQL {
        """
        UPDATE deliveries SET waits = false
        WHERE waits AND id = ANY(ARRAY(
            SELECT h.id FROM unnest(\(webhooks), \(subjects)) AS k(webhook_id, subject) CROSS JOIN LATERAL (
                SELECT d.id FROM deliveries d
                WHERE d.webhook_id = k.webhook_id AND d.subject = k.subject AND d.status = 'pending'
                    AND (d.lease_until IS NULL OR d.lease_until <= now())
                ORDER BY d.occurred_at, d.event_id LIMIT 1
            ) h))
        """
    }

    /// As ``release(_:_:)``, for the subject of one delivery.
    static func release(after delivery: UUID) -> SQL {
        """
        UPDATE deliveries SET waits = false
        WHERE waits AND id = (
            SELECT h.id FROM deliveries o CROSS JOIN LATERAL (
                SELECT d.id FROM deliveries d
                WHERE d.webhook_id = o.webhook_id AND d.subject = o.subject AND d.status = 'pending'
                    AND (d.lease_until IS NULL OR d.lease_until <= now())
                ORDER BY d.occurred_at, d.event_id LIMIT 1
            ) h WHERE o.id = \(delivery))
        """
    }

    /// Lets go what is first and marked: a process of a version that knows of no marks has ended the one before it.
    static func chore(on pool: PostgresPool) -> Housekeeping.Chore {
        Housekeeping.Chore("marks of deliveries") { limit in
            try await pool.execute(
                """
                WITH RECURSIVE keys AS (
                    (SELECT webhook_id, subject FROM deliveries WHERE waits ORDER BY webhook_id, subject LIMIT 1)
                    UNION ALL
                    SELECT n.* FROM keys k CROSS JOIN LATERAL (
                        SELECT d.webhook_id, d.subject FROM deliveries d
                        WHERE d.waits AND (d.webhook_id, d.subject) > (k.webhook_id, k.subject)
                        ORDER BY d.webhook_id, d.subject LIMIT 1
                    ) n
                ), heads AS (
                    SELECT h.id FROM keys k CROSS JOIN LATERAL (
                        SELECT d.id, d.waits FROM deliveries d
                        WHERE d.webhook_id = k.webhook_id AND d.subject = k.subject AND d.status = 'pending'
                        ORDER BY d.occurred_at, d.event_id LIMIT 1
                    ) h WHERE h.waits LIMIT \(limit)
                )
                UPDATE deliveries d SET waits = false FROM heads h WHERE d.id = h.id AND d.waits
                """)
        }
    }
}
