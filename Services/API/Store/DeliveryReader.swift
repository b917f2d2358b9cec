import Commerce
import Foundation
import Postgres

/// Deliveries and their attempts, from the views of `notifications`.
enum DeliveryReader {
    static let statuses = ["pending", "succeeded", "failed", "skipped"]

    struct Filter: Sendable {
        var webhookID: WebhookID
        var status: String?
        var type: String?
        var subject: String?
        var since: Date?
        var until: Date?
    }

    struct Record: Sendable {
        var id: DeliveryID
        var webhookID: WebhookID
        var eventID: String
        var type: String
        var subject: String
        var occurredAt: Date
        var status: String
        var isTest: Bool
        var attempts: Int
        var nextAttemptAt: Date
        var lastStatus: Int?
        var lastError: String?
        var createdAt: Date
        var finishedAt: Date?
        var body: [UInt8]
    }

    struct Attempt: Sendable {
        var number: Int
        var at: Date
        var status: Int?
        var latencyMilliseconds: Int
        var error: String?
        var answer: String?
    }

    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<Record> {
        let rows = try await pool.query(
            """
            SELECT \(columns) FROM notifications.delivery_view
            \(page.newestFirst(filter.conditions))
            """, workspace: workspaceID.uuid)
        return Page(rows: try rows.map(Record.init), limit: page.limit) {
            Cursor(time: $0.createdAt, id: $0.id.uuid)
        }
    }

    static func find(_ id: DeliveryID, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> Record? {
        try await pool.query(
            "SELECT \(columns) FROM notifications.delivery_view WHERE id = \(id.uuid)", workspace: workspaceID.uuid
        ).first.map(Record.init)
    }

    static func attempts(
        of id: DeliveryID, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> [Attempt] {
        try await pool.query(
            """
            SELECT attempt, at, status, latency_ms, error, answer FROM notifications.attempt_view
            WHERE delivery_id = \(id.uuid) ORDER BY attempt
            """, workspace: workspaceID.uuid
        ).map { row in
            Attempt(
                number: try row("attempt"), at: try row("at"), status: try row("status"),
                latencyMilliseconds: try row("latency_ms"), error: try row("error"), answer: try row("answer"))
        }
    }

    private static let columns: SQL = """
        id, webhook_id, event_id, type, subject, occurred_at, status, is_test, attempts, next_attempt_at, last_status,
        last_error, created_at, finished_at, body
        """
}

extension DeliveryReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = ["webhook_id = \(webhookID.uuid)"]
        if let status { conditions.append("status = \(status)") }
        if let type { conditions.append("type = \(type)") }
        if let subject { conditions.append("subject = \(subject)") }
        if let since { conditions.append("occurred_at >= \(since)") }
        if let until { conditions.append("occurred_at < \(until)") }
        return conditions
    }
}

extension DeliveryReader.Record {
    fileprivate init(_ row: PostgresRow) throws {
        id = DeliveryID(uuid: try row("id"))
        webhookID = WebhookID(uuid: try row("webhook_id"))
        eventID = try row("event_id")
        type = try row("type")
        subject = try row("subject")
        occurredAt = try row("occurred_at")
        status = try row("status")
        isTest = try row("is_test")
        attempts = try row("attempts")
        nextAttemptAt = try row("next_attempt_at")
        lastStatus = try row("last_status")
        lastError = try row("last_error")
        createdAt = try row("created_at")
        finishedAt = try row("finished_at")
        body = try row("body")
    }
}
