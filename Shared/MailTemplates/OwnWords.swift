/// What a workspace says of one mail in one language.
public struct OwnWords: Codable, Sendable, Equatable {
    public var enabled: Bool
    public var subject: String?
    public var text: String?
    public var html: String?

    public init(enabled: Bool, subject: String?, text: String?, html: String?) {
        self.enabled = enabled
        self.subject = subject
        self.text = text
        self.html = html
    }

    /// What is not said stays the platform's.
    public func applied(to template: MailTemplate) -> MailTemplate {
        MailTemplate(subject: subject ?? template.subject, text: text ?? template.text, html: html ?? template.html)
    }
}
