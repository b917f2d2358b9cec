import Commerce
import Foundation
import Postgres

/// Mails to customers, from the view of `notifications`.
enum EmailReader {
    static let statuses = ["queued", "sent", "unknown", "failed", "off"]

    struct Filter: Sendable {
        var status: String?
        var subject: String?
    }

    struct Record: Sendable {
        var id: EmailID
        var messageKey: String
        var template: String
        var locale: String
        var subject: String
        var orderID: OrderID?
        var recipient: String?
        var status: String
        var attempts: Int
        var title: String?
        var text: String?
        var serverAnswer: String?
        var error: String?
        var createdAt, updatedAt: Date
    }

    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<Record> {
        let rows = try await pool.query(
            """
            SELECT \(columns) FROM notifications.email_view
            \(page.newestFirst(filter.conditions))
            """, workspace: workspaceID.uuid)
        return Page(rows: try rows.map(Record.init), limit: page.limit) {
            Cursor(time: $0.createdAt, id: $0.id.uuid)
        }
    }

    static func find(_ id: EmailID, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> Record? {
        try await pool.query(
            "SELECT \(columns) FROM notifications.email_view WHERE id = \(id.uuid)", workspace: workspaceID.uuid
        ).first.map(Record.init)
    }

    private static let columns: SQL = """
        id, message_key, template, locale, subject, order_id, recipient, status, attempts, title, text, server_answer,
        error::text AS error, created_at, updated_at
        """
}

extension EmailReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let status { conditions.append("status = \(status)") }
        if let subject { conditions.append("subject = \(subject)") }
        return conditions
    }
}

extension EmailReader.Record {
    fileprivate init(_ row: PostgresRow) throws {
        id = EmailID(uuid: try row("id"))
        messageKey = try row("message_key")
        template = try row("template")
        locale = try row("locale")
        subject = try row("subject")
        orderID = try row("order_id", as: UUID?.self).map(OrderID.init(uuid:))
        recipient = try row("recipient")
        status = try row("status")
        attempts = try row("attempts")
        title = try row("title")
        text = try row("text")
        serverAnswer = try row("server_answer")
        error = try row("error")
        createdAt = try row("created_at")
        updatedAt = try row("updated_at")
    }

    /// Whether it is being sent; one that is held says why.
    var isUnderWay: Bool { status == "queued" && error == nil }

    var json: JSON {
        [
            "id": .id(id), "message_key": .string(messageKey), "template": .string(template),
            "locale": .string(locale), "subject": .string(subject), "order_id": .id(orderID),
            "recipient": .text(recipient), "status": .string(status), "attempts": .int(attempts),
            "title": .text(title), "text": .text(text), "server_answer": .text(serverAnswer),
            "error": error.map(JSON.raw) ?? .null, "created_at": .time(createdAt), "updated_at": .time(updatedAt),
        ]
    }
}
