import Foundation

/// One header of a mail, folded (RFC 5322, 2.2.3).
struct MailHeader {
    let line: String

    // LIMIT: RFC 5322, 2.1.1: 78 characters where that is possible, never 998.
    private static let columns = 78

    /// Text that people read: encoded where it is not plain ASCII, or looks as if it were encoded.
    ///
    /// Failure: ``MailProblem`` for a text that holds a line break or another control character.
    init(_ name: String, text: String) throws(MailProblem) {
        guard text.isHeaderText else { throw MailProblem("The header \(name) must not hold control characters.") }
        let isPlain =
            text.isPlainASCII && !text.contains("=?") && text.split(separator: " ").allSatisfy { $0.utf8.count < 70 }
        self.init(name, structured: isPlain ? text : EncodedWord.encode(text))
    }

    /// A value made here, of checked parts.
    init(_ name: String, structured value: String) {
        var lines = [""]
        for word in "\(name): \(value)".split(separator: " ", omittingEmptySubsequences: false) {
            let last = lines[lines.count - 1]
            let open = last.split(separator: "\r\n", omittingEmptySubsequences: false).last ?? ""
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if open.utf8.count + word.utf8.count + 1 > Self.columns, !word.isEmpty, open.contains(" ") {
                lines.append(" \(word)")
            } else {
                lines[lines.count - 1] += " \(word)"
            }
        }
        line = lines.joined(separator: "\r\n")
    }
}

/// Why a mail cannot be written.
public struct MailProblem: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
