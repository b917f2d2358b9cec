import Commerce
import Foundation
import Postgres

/// A workspace's own words for its mails, from the view of `notifications`.
enum EmailTemplateReader {
    struct Record: Sendable {
        var template: String
        var locale: String
        var enabled: Bool
        /// Nil is the platform's.
        var subject, text, html: String?
        var updatedAt: Date
    }

    static func list(in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> [Record] {
        try await pool.query(
            """
            SELECT template, locale, enabled, subject, text, html, updated_at FROM notifications.email_template_view
            ORDER BY template, locale
            """, workspace: workspaceID.uuid
        ).map(Record.init)
    }
}

extension EmailTemplateReader.Record {
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            template: try row("template"), locale: try row("locale"), enabled: try row("enabled"),
            subject: try row("subject"), text: try row("text"), html: try row("html"),
            updatedAt: try row("updated_at"))
    }

    var json: JSON {
        [
            "template": .string(template), "locale": .string(locale), "enabled": .bool(enabled),
            "subject": .text(subject), "text": .text(text), "html": .text(html), "updated_at": .time(updatedAt),
        ]
    }
}
