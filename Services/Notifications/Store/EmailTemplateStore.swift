import Commerce
import Contracts
import MailTemplates
import Messaging
import Postgres

/// `email_templates`: a workspace's own words for its mails.
struct EmailTemplateStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// What the workspace says of a mail, by language.
    func own(_ template: MailName) async throws -> [String: OwnWords] {
        let rows = try await transaction.database.query(
            """
            SELECT locale, enabled, subject, text, html FROM email_templates
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND template = \(template.rawValue)
            """)
        var own: [String: OwnWords] = [:]
        for row in rows {
            let locale: String = try row("locale")
            own[locale] = OwnWords(
                enabled: try row("enabled"), subject: try row("subject"), text: try row("text"), html: try row("html"))
        }
        return own
    }

    func save(_ command: SetEmailTemplate) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO email_templates (workspace_id, template, locale, enabled, subject, text, html, updated_at)
            VALUES (\(transaction.workspaceID.uuid), \(command.template.rawValue), \(command.locale), \(command.enabled),
                    \(command.subject), \(command.text), \(command.html), \(transaction.now))
            ON CONFLICT (workspace_id, template, locale) DO UPDATE SET enabled = excluded.enabled,
                subject = excluded.subject, text = excluded.text, html = excluded.html, updated_at = excluded.updated_at
            """)
    }
}
