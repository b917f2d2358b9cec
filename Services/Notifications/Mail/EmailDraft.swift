import Commerce
import Contracts
import MailTemplates
import Messaging
import Providers
import Views

/// A mail on its way from a fact to its words.
struct EmailDraft: Sendable {
    enum Composed {
        case content(MailContent)
        /// There is nothing to send.
        case ended(MailOutcome)
    }

    let email: NewEmail
    private let command: SendEmail
    /// Nil for somebody who has bought elsewhere.
    private let order: CanonicalOrder?
    private let choice: MailChoice
    private let transaction: HandlerTransaction

    /// - Parameter id: of a mail that is worded anew.
    ///
    /// Failure: ``Refusal`` `unknown_order`.
    init(
        _ command: SendEmail, as id: EmailID = EmailID(), messageKey: String, _ transaction: HandlerTransaction
    ) async throws {
        self.command = command
        self.transaction = transaction
        if let orderID = command.orderID {
            order = try await OrderView(transaction).document(of: orderID)
        } else {
            order = nil
        }
        choice = MailChoice(
            command.template, for: [command.locale, order?.customer.locale],
            at: try await MailSettings(transaction).text(.locale),
            own: try await EmailTemplateStore(transaction).own(command.template))
        email = NewEmail(
            id: id, messageKey: messageKey, template: command.template, locale: choice.locale,
            subject: command.subject, orderID: command.orderID, documents: command.documents)
    }

    func compose() -> Composed {
        guard choice.isSent else { return .ended(MailOutcome(outcome: .off)) }
        guard let text = command.recipient?.email ?? order?.customer.email, !text.isEmpty else {
            let whose = command.recipient == nil ? "order" : "recipient"
            return .ended(.failed("no_recipient", "The \(whose) has no e-mail address."))
        }
        // A name that could begin a header is left out; an address that could is refused.
        guard let address = MailAddress(text, name: name) ?? MailAddress(text) else {
            return .ended(.failed("bad_recipient", "The recipient's e-mail address is malformed."))
        }
        do {
            let mail = try choice.template.rendered(values, locale: choice.locale)
            return .content(MailContent(email, mail, to: address, at: transaction.now))
        } catch {
            return .ended(.failed("bad_template", error.description))
        }
    }

    private var values: MailValues {
        var values = command.values
        values.texts["order_number", default: ""] = values.texts["order_number"] ?? order?.number ?? ""
        values.texts["customer_name", default: ""] = values.texts["customer_name"] ?? name ?? ""
        if !command.documents.isEmpty { values.texts["attached"] = MailValues.yes }
        return values
    }

    private var name: String? { command.recipient?.name ?? order?.customer.name }
}
