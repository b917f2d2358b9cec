import Commerce
import Foundation
import Postgres

/// Endpoints of outgoing webhooks, from the view of `notifications`.
enum WebhookReader {
    struct Record: Sendable {
        var id: WebhookID
        var url: String
        var description: String?
        var events: [String]
        var ordered: Bool
        var status: String
        var statusReason: String?
        var failingSince: Date?
        var failures: Int
        var warnedPercent: Int
        var createdAt, updatedAt: Date
    }

    static func list(
        _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<Record> {
        let rows = try await pool.query(
            """
            SELECT \(columns) FROM notifications.webhook_view \(page.newestFirst())
            """, workspace: workspaceID.uuid)
        return Page(rows: try rows.map(Record.init), limit: page.limit) {
            Cursor(time: $0.createdAt, id: $0.id.uuid)
        }
    }

    static func find(_ id: WebhookID, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> Record? {
        try await pool.query(
            "SELECT \(columns) FROM notifications.webhook_view WHERE id = \(id.uuid)", workspace: workspaceID.uuid
        ).first.map(Record.init)
    }

    private static let columns: SQL = """
        id, url, description, events, ordered, status, status_reason, failing_since, failures, warned_percent,
        created_at, updated_at
        """
}

extension WebhookReader.Record {
    fileprivate init(_ row: PostgresRow) throws {
        id = WebhookID(uuid: try row("id"))
        url = try row("url")
        description = try row("description")
        events = try row("events")
        ordered = try row("ordered")
        status = try row("status")
        statusReason = try row("status_reason")
        failingSince = try row("failing_since")
        failures = try row("failures")
        warnedPercent = try row("warned_percent")
        createdAt = try row("created_at")
        updatedAt = try row("updated_at")
    }
}
