/// The words of a mail in one language: Mustache, with the values of ``MailValues``.
///
/// `html` is left out where the text says it all: its paragraphs are then laid out.
public struct MailTemplate: Codable, Sendable, Equatable {
    public var subject: String
    public var text: String
    public var html: String?

    public init(subject: String, text: String, html: String? = nil) {
        self.subject = subject
        self.text = text
        self.html = html
    }
}
