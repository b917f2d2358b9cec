import Commerce
import Foundation
import MailTemplates
import Providers

/// Everything a mail is made of but its sender: the same however often it is tried.
struct MailContent: Codable, Sendable, Equatable {
    var emailID: EmailID
    var messageKey: String
    var reference: String
    var recipient: String
    var recipientName: String?
    var subject: String
    var text: String
    var html: String
    var documents: [DocumentID]
    /// Whole seconds, as a mail's header has them.
    var date: Date

    init(_ email: NewEmail, _ mail: RenderedMail, to address: MailAddress, at now: Date) {
        emailID = email.id
        messageKey = email.messageKey
        reference = email.subject
        recipient = address.address
        recipientName = address.name
        subject = mail.subject
        text = mail.text
        html = mail.html
        documents = email.documents
        date = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
    }

    /// The message in bytes. Failure: `ProviderFailure` `refused` for what no mail can be made of.
    func message(from settings: SMTPSettings, _ files: [MailMessage.Attachment]) throws -> [UInt8] {
        guard files.count == documents.count else {
            throw ProviderFailure.refused(code: "no_document", message: "A file of the mail is not there.")
        }
        var message = MailMessage(
            from: settings.from, to: try address(), replyTo: settings.replyTo, subject: subject, text: text, html: html,
            messageKey: messageKey, date: date, reference: reference)
        message.attachments = files
        do {
            return try message.bytes()
        } catch {
            throw ProviderFailure.refused(code: "bad_mail", message: error.description)
        }
    }

    func address() throws -> MailAddress {
        guard let address = MailAddress(recipient, name: recipientName) else {
            throw ProviderFailure.refused(
                code: "bad_recipient", message: "The recipient's e-mail address is malformed.")
        }
        return address
    }
}

/// A fact that a customer is to be told.
struct NewEmail: Sendable {
    var id: EmailID
    var messageKey: String
    var template: MailName
    var locale: String
    var subject: String
    /// Nil for somebody who has bought elsewhere.
    var orderID: OrderID?
    var documents: [DocumentID]
}
