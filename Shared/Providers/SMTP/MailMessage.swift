import Foundation

/// A mail in plain text and HTML, with files.
///
/// *Guarantees*: the same message gives the same bytes; no part of it can add a header or end a part early.
public struct MailMessage: Sendable {
    public struct Attachment: Sendable, Equatable {
        public var name: String
        public var contentType: String
        public var bytes: [UInt8]

        public init(name: String, contentType: String, bytes: [UInt8]) {
            self.name = name
            self.contentType = contentType
            self.bytes = bytes
        }
    }

    public var from: MailAddress
    public var to: MailAddress
    public var replyTo: MailAddress?
    public var subject: String
    public var text: String
    public var html: String
    public var attachments: [Attachment] = []
    /// Its left part: 32 hexadecimal digits derived from the fact that the mail tells of.
    public var messageKey: String
    public var date: Date
    /// What the mail is about, for people who search.
    public var reference: String

    // LIMIT: what every server takes; base64 adds 37 percent.
    private static let attachmentBytesMax = 7 * 1024 * 1024

    public init(
        from: MailAddress, to: MailAddress, replyTo: MailAddress?, subject: String, text: String, html: String,
        messageKey: String, date: Date, reference: String
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.html = html
        self.messageKey = messageKey
        self.date = date
        self.reference = reference
    }

    public var messageID: String { "<\(messageKey)@\(from.domain)>" }

    /// The message as it travels, with CRLF at the end of each line.
    ///
    /// Failure: ``MailProblem``.
    public func bytes() throws(MailProblem) -> [UInt8] {
        guard attachments.reduce(0, { $0 + $1.bytes.count }) <= Self.attachmentBytesMax else {
            throw MailProblem("The files are larger than \(Self.attachmentBytesMax) bytes together.")
        }
        guard messageKey.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
            throw MailProblem("The message key must be hexadecimal.")
        }
        let content = try content()
        let lines = try headers().map(\.line) + [content.headers, "", content.body]
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    private func headers() throws(MailProblem) -> [MailHeader] {
        var headers = [
            MailHeader("Date", structured: date.mailText), MailHeader("From", structured: from.headerText),
            MailHeader("To", structured: to.headerText),
        ]
        if let replyTo { headers.append(MailHeader("Reply-To", structured: replyTo.headerText)) }
        headers += [
            try MailHeader("Subject", text: subject), MailHeader("Message-ID", structured: messageID),
            MailHeader("MIME-Version", structured: "1.0"),
            // Nobody's absence notice is an answer to this (RFC 3834).
            MailHeader("Auto-Submitted", structured: "auto-generated"),
            MailHeader("X-Auto-Response-Suppress", structured: "All"),
            try MailHeader("X-Entity-Ref-ID", text: reference),
        ]
        return headers
    }

    private func content() throws(MailProblem) -> MailPart {
        let words = MailPart.multipart("alternative", boundary: boundary("a"), [.text(text), .html(html)])
        guard !attachments.isEmpty else { return words }
        var parts = [words]
        for attachment in attachments { parts.append(try .file(attachment)) }
        return .multipart("mixed", boundary: boundary("m"), parts)
    }

    /// `=_` stands in no quoted-printable text, and an underscore in no base64.
    private func boundary(_ suffix: String) -> String { "=_\(messageKey)_\(suffix)" }
}

extension Date {
    /// RFC 5322, 3.3.
    fileprivate var mailText: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss +0000"
        return formatter.string(from: self)
    }
}
