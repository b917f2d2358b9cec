import Commerce
import Mustache

/// A mail's words with the values put in.
public struct RenderedMail: Codable, Sendable, Equatable {
    public var subject: String
    public var text: String
    public var html: String
}

extension MailTemplate {
    /// Puts values in.
    ///
    /// *Guarantees*: a value is text wherever it stands: in HTML its markup is escaped, in the subject its line breaks are
    /// blanks.
    /// *Failure*: ``MailTemplateProblem`` for words that are no Mustache.
    public func rendered(_ values: MailValues, locale: String?) throws(MailTemplateProblem) -> RenderedMail {
        let context = values.context
        let subject = try Self.render(subject, "subject", Self.plain, context)
            .split(whereSeparator: \.isNewline).joined(separator: " ")
        let text = try Self.render(text, "text", Self.plain, context).trimmed
        if let html {
            return RenderedMail(
                subject: subject, text: text, html: try Self.render(html, "html", "", context))
        }
        let layout = try Self.render(MailLayout.html, "html", "", MailLayout.context(subject, text, locale: locale))
        return RenderedMail(subject: subject, text: text, html: layout)
    }

    private static let plain = "{{% CONTENT_TYPE: TEXT}}"

    private static func render(
        _ words: String, _ part: String, _ pragma: String, _ context: [String: Any]
    ) throws(MailTemplateProblem) -> String {
        do {
            return try MustacheTemplate(string: pragma + words).render(context)
        } catch {
            throw MailTemplateProblem(part: part, problem: "is not well-formed Mustache: \(error)")
        }
    }
}

extension MailValues {
    fileprivate var context: [String: Any] {
        // Only a reason may be several lines: what a customer calls itself must not look like words of the mail.
        var context: [String: Any] = [:]
        for (name, text) in texts where !text.isEmpty {
            context[name] = name == "reason" ? text : text.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        context["lines"] = lines.map { ["title": $0.title, "quantity": String($0.quantity)] }
        return context
    }
}

extension String {
    fileprivate var trimmed: String {
        let lines = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            String(line.reversed().drop(while: \.isWhitespace).reversed())
        }
        var result: [String] = []
        for line in lines where !(line.isEmpty && (result.last?.isEmpty ?? true)) { result.append(line) }
        while result.last?.isEmpty == true { result.removeLast() }
        return result.joined(separator: "\n")
    }
}
