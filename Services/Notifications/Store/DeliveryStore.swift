import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// `webhook_events`, `deliveries` and `delivery_attempts`.
struct DeliveryStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    private var database: PostgresTransaction { transaction.database }
    private var workspace: UUID { transaction.workspaceID.uuid }

    /// LIMIT: an event whose publisher died after its commit is published by the sweep of the outbox, which takes rows
    /// 5 s old and comes once a second. By then also an earlier event of the ticket is written down that came that late.
    static let holdBack = Duration.seconds(8)

    /// Writes an event and its delivery to every endpoint that asked for its type; each once, however often it comes.
    ///
    /// An endpoint is not told of its own troubles.
    func queue(_ message: WebhookMessage) async throws {
        let ids: [UUID] = try await database.query(
            """
            SELECT id FROM webhooks
            WHERE workspace_id = \(workspace) AND status <> 'removed' AND \(message.type) = ANY(events)
            """
        ).map { try $0("id") }.filter { WebhookID(uuid: $0).description != message.subject }
        guard !ids.isEmpty else { return }
        try await insert(message)
        try await database.execute(
            """
            INSERT INTO deliveries (id, workspace_id, webhook_id, event_id, type, subject, occurred_at, status,
                next_attempt_at, created_at)
            SELECT u.id, \(workspace), w.id, \(message.id), \(message.type), \(message.subject), \(message.occurredAt),
                CASE WHEN w.status = 'disabled' THEN 'skipped' ELSE 'pending' END,
                \(transaction.now) + CASE WHEN w.ordered THEN \(Self.holdBack)::interval ELSE interval '0' END,
                \(transaction.now)
            FROM unnest(\(ids.map { _ in UUIDv7.make() }), \(ids)) AS u(id, webhook_id) JOIN webhooks w ON w.id = u.webhook_id
            ON CONFLICT (webhook_id, event_id) DO NOTHING
            """)
    }

    /// Writes an event that only one endpoint gets, tried once.
    func queueTest(_ message: WebhookMessage, as id: DeliveryID, to webhook: WebhookID) async throws {
        try await insert(message)
        try await database.execute(
            """
            INSERT INTO deliveries (id, workspace_id, webhook_id, event_id, type, subject, occurred_at, status, is_test,
                next_attempt_at, created_at)
            VALUES (\(id.uuid), \(workspace), \(webhook.uuid), \(message.id), \(message.type), \(message.subject),
                    \(message.occurredAt), 'pending', true, \(transaction.now), \(transaction.now))
            """)
    }

    private func insert(_ message: WebhookMessage) async throws {
        try await database.execute(
            """
            INSERT INTO webhook_events (workspace_id, id, type, subject, occurred_at, body, created_at)
            VALUES (\(workspace), \(message.id), \(message.type), \(message.subject), \(message.occurredAt),
                    \(message.body), \(transaction.now))
            ON CONFLICT (workspace_id, id) DO NOTHING
            """)
    }
}

// MARK: Again

extension DeliveryStore {
    /// LIMIT: rows that one statement changes; thousands are changed in a tenth of the 5 s that a statement may take.
    static let batchMax = 1_000

    /// When what begins anew is tried. What was never tried stays where it is: an ordered endpoint holds it back.
    private var begun: SQL {
        "CASE WHEN d.status = 'pending' AND d.attempts = 0 THEN d.next_attempt_at ELSE \(transaction.now) END"
    }

    /// - Returns: 0 for an id that nobody has, or whose endpoint is gone.
    func resend(_ id: DeliveryID) async throws -> Int {
        try await transaction.database.execute(
            """
            UPDATE deliveries d
            SET status = 'pending', tries = 0, next_attempt_at = \(begun), finished_at = NULL, waits = false
            FROM webhooks w
            WHERE d.id = \(id.uuid) AND d.workspace_id = \(workspace) AND w.id = d.webhook_id AND w.status <> 'removed'
            """)
    }

    /// Begins those of an endpoint anew that fit, in the order in which they came; of an ordered endpoint subject by
    /// subject, each of them whole: a later event would go before one that is still to be begun.
    ///
    /// - Parameters:
    ///   - last: of the part before; nil for the first part.
    ///   - limit: at most so many, and of an ordered endpoint the rest of the last one's subject.
    func resend(
        of webhook: Webhook, _ filter: ResendDeliveries.Filter, after last: DeliveryID?, limit: Int
    ) async throws -> [DeliveryID] {
        let key: SQL = webhook.ordered ? "d.subject" : "d.created_at, d.id"
        let ties: SQL = webhook.ordered ? "WITH TIES" : "ONLY"
        let rest: SQL =
            if let last {
                "AND (\(key)) > (SELECT \(key) FROM deliveries d WHERE d.id = \(last.uuid))"
            } else {
                ""
            }
        return try await transaction.database.query(
            """
            WITH picked AS (
                SELECT d.id FROM deliveries d
                WHERE d.webhook_id = \(webhook.id.uuid) AND d.workspace_id = \(workspace)
                    AND d.occurred_at >= \(filter.since)
                    AND (\(filter.until)::timestamptz IS NULL OR d.occurred_at < \(filter.until))
                    AND (\(filter.status)::text IS NULL OR d.status = \(filter.status))
                    AND (\(filter.type)::text IS NULL OR d.type = \(filter.type))
                    AND (\(filter.subject)::text IS NULL OR d.subject = \(filter.subject)) AND NOT d.is_test \(rest)
                ORDER BY \(key) FETCH FIRST (\(limit)) ROWS \(ties) FOR NO KEY UPDATE
            ), begun AS (
                UPDATE deliveries d
                SET status = 'pending', tries = 0, next_attempt_at = \(begun), finished_at = NULL, waits = false
                FROM picked p WHERE d.id = p.id
                RETURNING d.id, d.created_at, d.subject
            )
            SELECT d.id FROM begun d ORDER BY \(key)
            """
        ).map { DeliveryID(uuid: try $0("id")) }
    }

    /// Has a part of what an endpoint's trouble has put off tried now: what was tried in the trouble, and neither long
    /// before it nor since. What was never tried is due by itself, an ordered endpoint's after its ``holdBack``.
    ///
    /// - Returns: how many.
    func hurry(_ command: HurryDeliveries, limit: Int) async throws -> Int {
        let isAnew = command.failingSince == nil
        // WHY: earlier: what failed for a moment shortly before would wait longest of all. What fails for a reason of its
        // own gains a call with each outage by that, and those are an hour long.
        let began: Date? = command.failingSince.map { $0 - EndpointHealth.outageMin.timeInterval }
        // WHY: those that are locked are skipped: they are being changed, and nobody waits for another in a ring.
        return try await transaction.database.execute(
            """
            UPDATE deliveries SET next_attempt_at = \(transaction.now),
                tries = CASE WHEN \(isAnew)::boolean THEN 0 ELSE tries END
            WHERE id = ANY(ARRAY(
                SELECT d.id FROM deliveries d
                WHERE d.webhook_id = \(command.webhookID.uuid) AND d.workspace_id = \(workspace)
                    AND d.status = 'pending' AND d.lease_until IS NULL AND d.tries > 0
                    AND (\(isAnew)::boolean OR d.next_attempt_at > \(transaction.now))
                    AND NOT EXISTS (
                        SELECT FROM delivery_attempts a
                        WHERE a.delivery_id = d.id AND a.attempt > d.attempts - d.tries
                            AND (a.at >= \(command.since) OR a.at < \(began)::timestamptz))
                ORDER BY d.next_attempt_at LIMIT \(limit) FOR NO KEY UPDATE SKIP LOCKED))
            """)
    }
}

// MARK: What came of a call

extension DeliveryStore {
    /// A delivery that was begun anew while it was called has its own tries before it: a failure ends none of them.
    ///
    /// - Returns: false when another has called meanwhile, because this call took longer than its lease.
    func finish(
        _ claim: ClaimedDelivery, _ result: AttemptResult, at: Date, nextAttemptAt: Date?
    ) async throws -> Bool {
        let end = result.verdict == .delivered ? "succeeded" : "failed"
        let goesOn: SQL = """
            (\(result.verdict != .delivered) AND (tries = 0 OR \(nextAttemptAt)::timestamptz IS NOT NULL))
            """
        let changed = try await transaction.database.execute(
            """
            UPDATE deliveries SET status = CASE WHEN \(goesOn) THEN 'pending' ELSE \(end) END, lease_until = NULL,
                waits = false,
                last_status = \(result.status)::integer, last_error = \(result.words),
                next_attempt_at = CASE WHEN tries = 0 THEN next_attempt_at
                                       ELSE coalesce(\(nextAttemptAt), next_attempt_at) END,
                finished_at = CASE WHEN \(goesOn) THEN NULL ELSE \(transaction.now)::timestamptz END
            WHERE id = \(claim.id.uuid) AND attempts = \(claim.attempt)::integer AND status = 'pending'
            """)
        guard changed == 1 else { return false }
        try await transaction.database.pipeline([
            """
            INSERT INTO delivery_attempts (delivery_id, attempt, workspace_id, at, status, latency_ms, error, answer)
            VALUES (\(claim.id.uuid), \(claim.attempt)::integer, \(claim.workspaceID.uuid), \(at),
                    \(result.status)::integer, \(result.latency.milliseconds)::integer, \(result.error),
                    \(result.answer))
            """,
            DeliveryOrder.release(after: claim.id.uuid),
        ])
        return true
    }

    /// Gives a claim back that led to no call, as if it had not been.
    /// - Parameter words: what the tenant is told of it; nil where nothing is.
    func putOff(_ claim: ClaimedDelivery, until: Date, _ words: String?) async throws {
        try await transaction.database.execute(
            """
            UPDATE deliveries SET lease_until = NULL, attempts = attempts - 1, tries = greatest(tries - 1, 0),
                next_attempt_at = greatest(next_attempt_at, \(until)),
                last_error = coalesce(\(words)::text, last_error)
            WHERE id = \(claim.id.uuid) AND attempts = \(claim.attempt)::integer AND status = 'pending'
            """)
    }
}

extension Duration {
    fileprivate var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
