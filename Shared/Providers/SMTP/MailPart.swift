import Foundation

/// A part of a mail with its own headers (RFC 2046).
struct MailPart {
    let headers: String
    let body: String

    static func text(_ text: String) -> MailPart { words("plain", text) }

    static func html(_ text: String) -> MailPart { words("html", text) }

    private static func words(_ subtype: String, _ text: String) -> MailPart {
        MailPart(
            headers: "Content-Type: text/\(subtype); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable",
            body: QuotedPrintable.encode(text))
    }

    /// Failure: ``MailProblem`` for a name or type that could do more than name.
    static func file(_ file: MailMessage.Attachment) throws(MailProblem) -> MailPart {
        guard file.name.isHeaderText, !file.name.isEmpty, file.name.utf8.count <= 200 else {
            throw MailProblem("A file's name must be 1 to 200 bytes without control characters.")
        }
        let type = file.contentType.split(separator: "/", omittingEmptySubsequences: false)
        guard type.count == 2, type.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isTypeCharacter) }) else {
            throw MailProblem("'\(file.contentType)' is not a content type.")
        }
        let body = Data(file.bytes).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        return MailPart(
            headers: "Content-Type: \(file.contentType)\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment;\r\n \(parameter(file.name))", body: body)
    }

    /// RFC 2231 where the name is not plain.
    private static func parameter(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { byte in byte.isTypeCharacter || byte == 0x20 }
        guard !isPlain else { return "filename=\"\(name)\"" }
        let encoded = name.utf8.map { byte -> String in
            if byte.isTypeCharacter, byte != UInt8(ascii: "+") { return String(UnicodeScalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return "filename*=utf-8''\(encoded.joined())"
    }

    static func multipart(_ subtype: String, boundary: String, _ parts: [MailPart]) -> MailPart {
        let bodies = parts.map { "--\(boundary)\r\n\($0.headers)\r\n\r\n\($0.body)\r\n" }
        return MailPart(
            headers: "Content-Type: multipart/\(subtype);\r\n boundary=\"\(boundary)\"",
            body: bodies.joined() + "--\(boundary)--")
    }
}

extension UInt8 {
    fileprivate var isTypeCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }
}
