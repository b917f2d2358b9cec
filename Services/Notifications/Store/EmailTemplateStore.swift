import Commerce
import Contracts
import MailTemplates
import Messaging
import Postgres
import Providers

/// `email_templates`: a workspace's own words for its mails.
struct EmailTemplateStore: Sendable {
    struct Row: Sendable {
        var enabled: Bool
        var subject: String?
        var text: String?
        var html: String?

        /// What is not said stays the platform's.
        func applied(to template: MailTemplate) -> MailTemplate {
            MailTemplate(subject: subject ?? template.subject, text: text ?? template.text, html: html ?? template.html)
        }
    }

    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// The language of the workspace's mails; nil where its settings say nothing.
    func locale() async throws -> String? {
        try await transaction.database.query(
            """
            SELECT settings ->> \(SMTPSettings.CodingKeys.locale.rawValue) AS locale FROM platform.provider_settings
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = \(SMTPSettings.provider)
            """
        ).first.flatMap { try $0("locale", as: String?.self) }
    }

    func find(_ template: MailName, _ locale: String) async throws -> Row? {
        try await transaction.database.query(
            """
            SELECT enabled, subject, text, html FROM email_templates
            WHERE template = \(template.rawValue) AND locale = \(locale)
            """
        ).first.map { row in
            Row(
                enabled: try row("enabled"), subject: try row("subject"), text: try row("text"), html: try row("html"))
        }
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
