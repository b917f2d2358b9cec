import Commerce
import Foundation
import Postgres
import ServiceKit

/// A delivery that this process may call now; its number fences off whoever had it before.
struct ClaimedDelivery: Sendable {
    let id: DeliveryID
    let workspaceID: WorkspaceID
    let webhookID: WebhookID
    let eventID: String
    let url: String
    let body: [UInt8]
    /// Of all there were, this one included; and of those since it was last begun anew.
    let attempt, tries: Int
    let isTest: Bool
    /// The current one first.
    let secrets: [SealedSecret]
}

/// Hands out what is due, endpoint by endpoint.
///
/// *Guarantees*: over all replicas one endpoint is called by at most ``callsMax`` at a time, one that fails by one, so
/// that an endpoint which holds its calls holds nobody else's; of an ordered endpoint no event of a subject goes before
/// an earlier one is settled. However many wait for those, a claim does not read them.
struct DeliveryClaims: Sendable {
    let pool: PostgresPool
    let clock: any WallClock

    static let callsMax = 4
    /// LIMIT: longer than a call may take with name look-up and the settling transaction.
    private static let lease = Duration.seconds(45)

    /// - Parameter endpointsMax: at most so many endpoints, each with at most ``callsMax``.
    func claim(endpointsMax: Int) async throws -> [ClaimedDelivery] {
        while true {
            let (claimed, hasMarked) = try await look(endpointsMax)
            // What can be called may stand behind what was found to wait.
            guard claimed.isEmpty, hasMarked else { return claimed }
        }
    }

    private func look(_ endpointsMax: Int) async throws -> (claimed: [ClaimedDelivery], hasMarked: Bool) {
        let now = clock.now
        return try await pool.transaction { database in
            // WHY: two statements: only the second sees what others claimed before this one had the locks.
            let ids: [UUID] = try await database.query(Self.due(now, endpointsMax)).map { try $0("id") }
            guard !ids.isEmpty else { return ([], false) }
            let answers = try await database.pipeline([
                "UPDATE webhooks SET claimed_at = clock_timestamp() WHERE id = ANY(\(ids))",
                DeliveryOrder.mark(ids, now), DeliveryOrder.unmark(ids), Self.take(ids, now),
            ])
            let changed = try answers[1...2].map { try $0[0]("count", as: Int.self) }
            return (try answers[3].map(ClaimedDelivery.init), changed != [0, 0])
        }
    }

    /// Locks endpoints that have something due; the one whose turn was longest ago first.
    static func due(_ now: Date, _ limit: Int) -> SQL {
        // WHY: no key of theirs changes: a batch that queues deliveries holds their keys until it commits, and an
        // endpoint that gets events all the time would be skipped all the time.
        """
        SELECT w.id FROM webhooks w
        WHERE w.status = 'active' AND (w.throttled_until IS NULL OR w.throttled_until <= \(now))
            AND (EXISTS (SELECT FROM deliveries d WHERE d.webhook_id = w.id AND d.status = 'pending' AND NOT d.waits
                         AND d.next_attempt_at <= \(now) AND (d.lease_until IS NULL OR d.lease_until <= now()))
                 OR NOT w.ordered AND EXISTS (SELECT FROM deliveries d WHERE d.webhook_id = w.id AND d.waits))
            AND (SELECT count(*) FROM deliveries f WHERE f.webhook_id = w.id AND f.lease_until > now())
                < CASE WHEN w.streak IS NULL THEN \(callsMax) ELSE 1 END
        ORDER BY w.claimed_at LIMIT \(limit) FOR NO KEY UPDATE SKIP LOCKED
        """
    }

    static func take(_ ids: [UUID], _ now: Date) -> SQL {
        """
        WITH picked AS (
            SELECT d.id, w.url FROM webhooks w CROSS JOIN LATERAL (
                SELECT x.id FROM (
                    SELECT c.id, c.subject, c.next_attempt_at, c.occurred_at, c.event_id FROM deliveries c
                    WHERE c.webhook_id = w.id AND c.status = 'pending' AND NOT c.waits AND c.next_attempt_at <= \(now)
                        AND (c.lease_until IS NULL OR c.lease_until <= now())
                    ORDER BY c.next_attempt_at LIMIT \(DeliveryOrder.candidatesMax)
                ) x
                WHERE NOT w.ordered OR NOT EXISTS (
                    SELECT FROM deliveries b
                    WHERE b.webhook_id = w.id AND b.status = 'pending' AND b.subject = x.subject
                        AND (b.occurred_at, b.event_id) < (x.occurred_at, x.event_id))
                ORDER BY x.next_attempt_at, x.occurred_at
                LIMIT greatest(0, CASE WHEN w.streak IS NULL THEN \(callsMax) ELSE 1 END
                    - (SELECT count(*) FROM deliveries f WHERE f.webhook_id = w.id AND f.lease_until > now()))
            ) d WHERE w.id = ANY(\(ids))
        ), taken AS (
            UPDATE deliveries d SET lease_until = now() + \(lease), attempts = attempts + 1, tries = tries + 1
            FROM picked p WHERE d.id = p.id
            RETURNING d.id, d.workspace_id, d.webhook_id, d.event_id, d.attempts, d.tries, d.is_test, p.url
        )
        SELECT t.*, e.body, s.sealed, s.key_ids FROM taken t
        JOIN webhook_events e ON e.workspace_id = t.workspace_id AND e.id = t.event_id
        CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(sealed ORDER BY expires_at DESC NULLS FIRST), '{}') AS sealed,
                   coalesce(array_agg(key_id ORDER BY expires_at DESC NULLS FIRST), '{}') AS key_ids
            FROM webhook_secrets WHERE webhook_id = t.webhook_id AND (expires_at IS NULL OR expires_at > \(now))
        ) s
        """
    }
}

extension ClaimedDelivery {
    fileprivate init(_ row: PostgresRow) throws {
        let sealed: [[UInt8]] = try row("sealed")
        let keyIDs: [String] = try row("key_ids")
        self.init(
            id: DeliveryID(uuid: try row("id")), workspaceID: WorkspaceID(uuid: try row("workspace_id")),
            webhookID: WebhookID(uuid: try row("webhook_id")), eventID: try row("event_id"), url: try row("url"),
            body: try row("body"), attempt: try row("attempts"), tries: try row("tries"), isTest: try row("is_test"),
            secrets: zip(keyIDs, sealed).map { SealedSecret(keyID: $0, bytes: $1) })
    }
}
