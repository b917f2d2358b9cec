import Commerce
import Foundation
import Messaging
import Providers

/// Checks what callers write on tickets. Every failure is 422 with the field.
enum TicketText {
    // LIMIT: a subject is one line of a mail.
    private static let subjectMax = 500
    // LIMIT: the facts of a case, not its documents; a ticket is read and sent to webhooks as a whole.
    static let customFieldsBytesMax = 64 * 1024
    // LIMIT: deeper than any form; every reader of the fields has a limit of its own.
    private static let depthMax = 10

    // LIMIT: RFC 5321, 4.5.3.1: 64 characters before the @ and 255 after it.
    private static let emailMax = 320

    static func subject(_ text: String) throws(Problem) -> String {
        guard !text.allSatisfy(\.isWhitespace) else { throw .invalid("subject", "It is empty.") }
        guard text.count <= subjectMax else {
            throw .invalid("subject", "It must be at most \(subjectMax) characters.")
        }
        let isOneLine = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isOneLine, !text.contains(where: \.isNewline) else {
            throw .invalid("subject", "It must be one line without control characters.")
        }
        return text
    }

    /// WHY: helpdesks hand on what customers write, masked addresses among it; no mail ever goes to this one, for mails go
    /// to the order's address. So a text that is no address is kept, as long as it is one line.
    static func email(_ text: String) throws(Problem) -> String {
        if let address = MailAddress(text) { return address.address }
        let isOneLine = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isOneLine, !text.contains(where: \.isNewline), !text.allSatisfy(\.isWhitespace), text.count <= emailMax
        else {
            throw .invalid(
                "customer_email", "It must be one line of at most \(emailMax) characters, such as ana@example.com.")
        }
        return text
    }

    static func status(_ name: String) throws(Problem) -> TicketStatus {
        guard let status = TicketStatus(rawValue: name) else {
            var problem = Problem.invalid("status", "There is no status '\(name.prefix(50))'.")
            problem.allowed = TicketStatus.allCases.map(\.rawValue)
            throw problem
        }
        return status
    }

    /// - Returns: the fields as JSON text.
    static func customFields(_ fields: JSON) throws(Problem) -> String {
        guard fields.isObject else { throw .invalid("custom_fields", "It must be an object.") }
        guard fields.isNested(atMost: depthMax) else {
            throw .invalid("custom_fields", "It must be nested at most \(depthMax) deep.")
        }
        let text = fields.text
        try checkSize(text.utf8.count)
        return text
    }

    /// - Parameters:
    ///   - changes: checked already.
    ///   - fields: what the ticket has.
    static func checkMerged(_ changes: String, with fields: [String: JSONValue]) throws {
        let new = try RawJSON(text: changes).decode([String: JSONValue].self)
        let merged = fields.merging(new) { _, new in new }.filter { $0.value != .null }
        try checkSize(RawJSON(encoding: merged).bytes.count)
    }

    private static func checkSize(_ bytes: Int) throws(Problem) {
        guard bytes <= customFieldsBytesMax else {
            throw .invalid("custom_fields", "They must be at most \(customFieldsBytesMax / 1024) KiB together.")
        }
    }
}

extension JSON {
    /// Whether objects and arrays stand in each other at most so deep.
    fileprivate func isNested(atMost depth: Int) -> Bool {
        switch self {
        case .null, .bool, .int, .string, .raw: true
        case .array(let elements): depth > 0 && elements.allSatisfy { $0.isNested(atMost: depth - 1) }
        case .object(let members): depth > 0 && members.allSatisfy { $0.value.isNested(atMost: depth - 1) }
        }
    }
}
