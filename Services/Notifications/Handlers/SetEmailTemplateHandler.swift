import Commerce
import Contracts
import MailTemplates
import Messaging

/// Puts a workspace's own words for a mail in force.
struct SetEmailTemplateHandler: CommandHandler {
    func handle(_ command: SetEmailTemplate, in transaction: HandlerTransaction) async throws -> Done {
        guard MailCatalog.locales.contains(command.locale) else {
            throw Refusal(
                code: "bad_template",
                message:
                    "There is no language '\(command.locale)'; there are: \(MailCatalog.locales.joined(separator: ", "))."
            )
        }
        let own = EmailTemplateStore.Row(
            enabled: command.enabled, subject: command.subject, text: command.text, html: command.html)
        do {
            try own.applied(to: MailCatalog.template(command.template, locale: command.locale)).check()
        } catch {
            throw Refusal(code: "bad_template", message: error.description)
        }
        try await EmailTemplateStore(transaction).save(command)
        try await transaction.audit(
            AuditEntry(
                action: "email_template.set", subject: command.template.rawValue, reason: nil,
                after: try RawJSON(encoding: command)))
        return Done()
    }
}
