import Commerce

/// What is wrong with a template, and in which part.
public struct MailTemplateProblem: Error, Equatable, CustomStringConvertible {
    /// `subject`, `text` or `html`.
    public let part: String
    public let problem: String

    public var description: String { "'\(part)' \(problem)." }
}

extension MailTemplate {
    // LIMIT: a long letter; what is larger is no notice.
    private static let bytesMax = 64 * 1024

    /// Passes a template that somebody wrote: well-formed, of names there are, escaping everything.
    public func check() throws(MailTemplateProblem) {
        for (part, words) in [("subject", subject), ("text", text), ("html", html ?? " ")] {
            guard !words.isEmpty, words.utf8.count <= Self.bytesMax else {
                throw MailTemplateProblem(part: part, problem: "must be 1 to \(Self.bytesMax) bytes")
            }
            for tag in words.matches(of: /\{\{\s*([^\s\w]?)\s*([^{}]*?)\s*\}\}\}?/) {
                try Self.check(String(tag.1), String(tag.2), part)
            }
        }
        let rendered = try rendered(.sample, locale: nil)
        guard !rendered.subject.isEmpty, rendered.subject.count <= 200 else {
            throw MailTemplateProblem(part: "subject", problem: "must come to 1 to 200 characters")
        }
    }

    private static func check(_ sign: String, _ name: String, _ part: String) throws(MailTemplateProblem) {
        switch sign {
        case "", "#", "^", "/":
            guard known.contains(name) else {
                let names = known.sorted().joined(separator: ", ")
                throw MailTemplateProblem(part: part, problem: "speaks of '\(name)'; there are: \(names)")
            }
        case "!": break
        default:
            throw MailTemplateProblem(
                part: part, problem: "has a tag '{{\(sign)…'; only values, sections and comments are taken")
        }
    }

    private static let known = MailValues.names.union(["lines", "title", "quantity"])
}
