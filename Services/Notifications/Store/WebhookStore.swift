import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// `webhooks`: one row an endpoint.
struct WebhookStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    func count() async throws -> Int {
        try await transaction.database.query(
            """
            SELECT count(*) AS count FROM webhooks
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND status <> 'removed'
            """)[0]("count")
    }

    func insert(_ command: CreateWebhook) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO webhooks (id, workspace_id, url, description, events, ordered, created_at, updated_at)
            VALUES (\(command.webhookID.uuid), \(transaction.workspaceID.uuid), \(command.url), \(command.description),
                    \(command.events.map(\.rawValue)), \(command.ordered), \(transaction.now), \(transaction.now))
            """)
    }

    /// - Throws: a ``Refusal`` for an id that nobody has, or no longer.
    func lock(_ id: WebhookID) async throws -> Webhook {
        guard let webhook = try await lockIfThere(id) else {
            throw Refusal(code: "not_found", message: "There is no webhook \(id).")
        }
        return webhook
    }

    /// Nil for an id that nobody has, or no longer.
    func lockIfThere(_ id: WebhookID) async throws -> Webhook? {
        // WHY: no key changes, here and below: a batch that queues deliveries holds it, and need not be waited for.
        try await transaction.database.query(
            """
            SELECT id, url, description, events, ordered, status, streak, failing_since, failures
            FROM webhooks
            WHERE id = \(id.uuid) AND workspace_id = \(transaction.workspaceID.uuid) AND status <> 'removed'
            FOR NO KEY UPDATE
            """
        ).first.map(Webhook.init)
    }

    func save(_ webhook: Webhook) async throws {
        try await transaction.database.execute(
            """
            UPDATE webhooks SET url = \(webhook.url), description = \(webhook.description), events = \(webhook.events),
                ordered = \(webhook.ordered), updated_at = \(transaction.now)
            WHERE id = \(webhook.id.uuid)
            """)
    }

    func setStatus(_ status: Webhook.Status, reason: String?, of id: WebhookID) async throws {
        try await transaction.database.execute(
            """
            UPDATE webhooks SET status = \(status.rawValue), status_reason = \(reason), updated_at = \(transaction.now)
            WHERE id = \(id.uuid)
            """)
    }

    func setWarned(_ percent: Int, of id: WebhookID) async throws {
        try await transaction.database.execute(
            "UPDATE webhooks SET warned_percent = \(percent)::integer WHERE id = \(id.uuid)")
        try await setTold(of: id)
    }

    /// People know that it fails; they are told once it is well.
    func setTold(of id: WebhookID) async throws {
        try await transaction.database.execute(
            """
            UPDATE webhooks SET told_since = coalesce(told_since, failing_since, \(transaction.now)::timestamptz)
            WHERE id = \(id.uuid)
            """)
    }

    /// Leaves an endpoint as a whole alone for a while.
    func throttle(_ id: WebhookID, until: Date) async throws {
        try await transaction.database.execute(
            "UPDATE webhooks SET throttled_until = greatest(throttled_until, \(until)) WHERE id = \(id.uuid)")
    }

    // MARK: Rows of failures

    /// Counts nothing of an endpoint that nobody calls any more: what was under way when it was paused begins no row.
    /// - Parameter throttledUntil: where the endpoint as a whole is to be left alone for a while.
    /// - Returns: the row of failures, where this failure begins it.
    func countFailure(of id: WebhookID, throttledUntil: Date?) async throws -> UUID? {
        let row = try await transaction.database.query(
            """
            UPDATE webhooks SET failures = failures + 1, streak = coalesce(streak, \(UUIDv7.make())),
                failing_since = coalesce(failing_since, \(transaction.now)),
                throttled_until = greatest(throttled_until, \(throttledUntil))
            WHERE id = \(id.uuid) AND status = 'active'
            RETURNING failures, streak
            """
        ).first
        guard let row, try row("failures", as: Int.self) == 1 else { return nil }
        return try row("streak")
    }

    /// - Parameter liftsThrottle: whether the endpoint need not be left alone any more for as long as it has asked: a
    ///   person says so, while a call that it takes all the same does not.
    /// - Returns: the row of failures that ended; nil where there was none, and people know of none. An endpoint that is
    ///   well is not even locked. That it has recovered shows only a call that it takes while it is not off.
    @discardableResult
    func endStreak(of id: WebhookID, liftsThrottle: Bool = false) async throws -> EndedStreak? {
        try await transaction.database.query(
            """
            UPDATE webhooks w SET streak = NULL, failing_since = NULL, failures = 0, warned_percent = 0,
                told_since = CASE WHEN ended.recovered_since IS NULL THEN w.told_since END,
                throttled_until = CASE WHEN NOT \(liftsThrottle)::boolean AND w.throttled_until > \(transaction.now)
                                       THEN w.throttled_until END
            FROM (SELECT id, url, failing_since, failures,
                         CASE WHEN status = 'active' AND NOT \(liftsThrottle)::boolean THEN told_since END
                             AS recovered_since
                  FROM webhooks
                  WHERE id = \(id.uuid)
                    AND (streak IS NOT NULL OR \(liftsThrottle)::boolean AND throttled_until IS NOT NULL
                         OR NOT \(liftsThrottle)::boolean AND status = 'active' AND told_since IS NOT NULL)
                  FOR NO KEY UPDATE) ended
            WHERE w.id = ended.id
            RETURNING ended.url, ended.failing_since, ended.failures, ended.recovered_since
            """
        ).first.map { row in
            EndedStreak(
                endpoint: RecoveredEndpoint(
                    id: id, url: try row("url"), failingSince: try row("failing_since"), failures: try row("failures")),
                recoveredSince: try row("recovered_since"))
        }
    }

    struct EndedStreak: Sendable {
        var endpoint: RecoveredEndpoint
        /// Since when it had failed, where people were told of that and the endpoint is well now.
        var recoveredSince: Date?
    }
}

extension Webhook {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            id: WebhookID(uuid: try row("id")), url: try row("url"), description: try row("description"),
            events: try row("events"), ordered: try row("ordered"),
            status: Status(rawValue: try row("status")) ?? .disabled, streak: try row("streak"),
            failingSince: try row("failing_since"), failures: try row("failures"))
    }
}
