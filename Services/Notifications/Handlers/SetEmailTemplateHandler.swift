import Commerce
import Contracts
import MailTemplates
import Messaging

/// Puts a workspace's own words for a mail in force.
struct SetEmailTemplateHandler: CommandHandler {
    func handle(_ command: SetEmailTemplate, in transaction: HandlerTransaction) async throws -> Done {
        guard let tag = LanguageTag(command.locale) else {
            throw Refusal(
                code: "bad_template", message: "'\(command.locale)' is no language such as fr, fr-CA or de.")
        }
        let isTranslated = MailCatalog.locales.contains(tag.language)
        guard isTranslated || !command.enabled || (command.subject != nil && command.text != nil) else {
            throw Refusal(
                code: "bad_template",
                message: "The platform has words in \(MailCatalog.locales.joined(separator: " and ")) only: for "
                    + "'\(tag.text)' give both 'subject' and 'text'.")
        }
        var command = command
        command.locale = tag.text
        let own = OwnWords(
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
