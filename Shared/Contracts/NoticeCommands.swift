import Commerce
import Foundation
import Messaging

/// Tells a customer something by e-mail, once for each fact.
///
/// The fact is (template, subject, version): whoever asks again for the same one sends nothing. A mail that cannot be
/// sent is no refusal: the outcome says so, an operator sees it, and what waits for the mail goes on.
public struct SendEmail: Command {
    public static let owner = ServiceName.notifications
    /// A mail is tried for up to a day.
    public static let replyWithin = Duration.hours(26)
    public var template: MailName
    /// Whose customer it goes to: address, name and order number come from the order. Nil where `recipient` is given.
    public var orderID: OrderID?
    /// Whom it goes to where no order of ours tells.
    public var recipient: Recipient?
    /// What the mail is about: a return's id, a refund's.
    public var subject: String
    /// Tells several mails of one template about one thing apart: `reminder-2`.
    public var version: String
    /// What the order does not know; the order's own values need not be given.
    public var values: MailValues
    /// `fr-CA`; that of who ordered when left out, and where that is not known that of the workspace's mails.
    public var locale: String?
    /// Files that go with it, such as a label.
    public var documents: [DocumentID]

    /// Somebody who has bought elsewhere.
    public struct Recipient: Codable, Sendable, Equatable {
        public var email: String
        public var name: String?

        public init(email: String, name: String?) {
            self.email = email
            self.name = name
        }
    }

    public struct Reply: Codable, Sendable, Equatable {
        public var emailID: EmailID
        public var outcome: EmailOutcome

        public init(emailID: EmailID, outcome: EmailOutcome) {
            self.emailID = emailID
            self.outcome = outcome
        }

        enum CodingKeys: String, CodingKey {
            case outcome
            case emailID = "email_id"
        }
    }

    public init(
        template: MailName, orderID: OrderID?, recipient: Recipient? = nil, subject: String, version: String = "1",
        values: MailValues, locale: String? = nil, documents: [DocumentID] = []
    ) {
        self.template = template
        self.orderID = orderID
        self.recipient = recipient
        self.subject = subject
        self.version = version
        self.values = values
        self.locale = locale
        self.documents = documents
    }

    enum CodingKeys: String, CodingKey {
        case template, recipient, subject, version, values, locale, documents
        case orderID = "order_id"
    }
}

public enum EmailOutcome: String, Codable, Sendable, CaseIterable {
    /// The server has taken it.
    case sent
    /// Its end was sent and no answer came: it is not sent again by itself.
    case unknown
    /// It was refused, or there is nobody to send it to.
    case failed
    /// The workspace has switched the template off.
    case off
    /// The workspace's mail server lets nobody in as it is set: the mail is held until it does.
    case queued
}

/// Sends a mail again that is `unknown`, `failed` or held, under its Message-ID. Refused with `not_found`, `not_allowed`.
public struct ResendEmail: Command {
    public static let owner = ServiceName.notifications
    public typealias Reply = SendEmail.Reply
    public var emailID: EmailID
    public var reason: String

    public init(emailID: EmailID, reason: String) {
        self.emailID = emailID
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case reason
        case emailID = "email_id"
    }
}

/// Sends a mail that was held, to see whether the workspace's mail server takes mails again, or because it does.
///
/// One that somebody has had sent meanwhile is left as it is.
public struct SendHeldEmail: Command {
    public static let owner = ServiceName.notifications
    public typealias Reply = SendEmail.Reply
    public var emailID: EmailID
    /// Of the sending that letting it go has begun.
    public var generation: Int

    public init(emailID: EmailID, generation: Int) {
        self.emailID = emailID
        self.generation = generation
    }

    enum CodingKeys: String, CodingKey {
        case generation
        case emailID = "email_id"
    }
}

/// Sends the mails again that failed in a time, as ``ResendEmail`` does with one.
public struct ResendEmails: Command {
    public static let owner = ServiceName.notifications
    /// By when they failed, the end not included.
    public var since: Date
    public var until: Date?
    /// Only mails of this kind.
    public var template: MailName?
    public var reason: String

    public struct Reply: Codable, Sendable, Equatable {
        /// How many are sent again, the longest failed first.
        public var resent: Int
        /// Whether there are more: ask again once these are under way.
        public var more: Bool

        public init(resent: Int, more: Bool) {
            self.resent = resent
            self.more = more
        }
    }

    public init(since: Date, until: Date?, template: MailName?, reason: String) {
        self.since = since
        self.until = until
        self.template = template
        self.reason = reason
    }
}

/// Puts a workspace's own words for a mail in force, or switches it off. Refused with `bad_template`.
public struct SetEmailTemplate: Command {
    public static let owner = ServiceName.notifications
    public typealias Reply = Done
    public var template: MailName
    /// The language: `en`, `fr-CA`, or one that the platform has no words in, such as `de`.
    public var locale: String
    public var enabled: Bool
    /// The platform's words where they are left out; in a language that it has none in, subject and text are required.
    public var subject: String?
    public var text: String?
    public var html: String?

    public init(
        template: MailName, locale: String, enabled: Bool, subject: String?, text: String?, html: String?
    ) {
        self.template = template
        self.locale = locale
        self.enabled = enabled
        self.subject = subject
        self.text = text
        self.html = html
    }
}

/// Tells the workspace's people of trouble. Many alerts of one key within a quarter of an hour are one message.
public struct SendSlackAlert: Command {
    public static let owner = ServiceName.notifications
    public var alert: Alert

    public struct Alert: Codable, Sendable, Equatable {
        /// Names the trouble: `saga_stuck/return`.
        public var key: String
        public var title: String
        public var text: String
        /// Ids and facts under the names that the API has for them: `return`, `order`, `tracking_number`.
        public var fields: [String: String]
        /// The command line's calls to go on with, in their order and with their ids, ready to type.
        public var next: [String]?
        public var link: String?

        public init(
            key: String, title: String, text: String, fields: [String: String] = [:], next: [String] = [],
            link: String? = nil
        ) {
            self.key = key
            self.title = title
            self.text = text
            self.fields = fields
            self.next = next.isEmpty ? nil : next
            self.link = link
        }
    }

    public struct Reply: Codable, Sendable, Equatable {
        public var outcome: Outcome

        public enum Outcome: String, Codable, Sendable {
            case posted
            /// Counted with one that was posted not long ago.
            case grouped
            /// The workspace has no Slack.
            case off
            case unknown
            case failed
        }

        public init(outcome: Outcome) { self.outcome = outcome }
    }

    public init(_ alert: Alert) { self.alert = alert }
}
