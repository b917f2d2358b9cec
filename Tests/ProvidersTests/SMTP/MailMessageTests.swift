import Commerce
import Foundation
import HTTPTransport
import Testing

@testable import Providers

@Suite("A mail as it travels")
struct MailMessageTests {
    private static func message(
        name: String? = "Ana Ruiz", subject: String = "Your return label", text: String = "Hello"
    ) throws -> MailMessage {
        MailMessage(
            from: try #require(MailAddress("returns@mienne.com", name: "Mienne Returns")),
            to: try #require(MailAddress("ana@example.com", name: name)), replyTo: MailAddress("support@mienne.com"),
            subject: subject, text: text, html: "<p>\(text)</p>", messageKey: "e0a7b6cf912dde0c3aa72cd74e38ccbd",
            date: Date(timeIntervalSince1970: 1_772_619_390), reference: "ret_01HV7Z")
    }

    private static func lines(_ message: MailMessage) throws -> [String] {
        String(decoding: try message.bytes(), as: UTF8.self).components(separatedBy: "\r\n")
    }

    @Test("it has the headers of RFC 5322, with the Message-ID of its fact, and is the same each time")
    func headers() throws {
        let message = try Self.message()
        let lines = try Self.lines(message)
        #expect(
            lines.prefix(8) == [
                "Date: Wed, 04 Mar 2026 10:16:30 +0000", "From: \"Mienne Returns\" <returns@mienne.com>",
                "To: \"Ana Ruiz\" <ana@example.com>", "Reply-To: support@mienne.com", "Subject: Your return label",
                "Message-ID: <e0a7b6cf912dde0c3aa72cd74e38ccbd@mienne.com>", "MIME-Version: 1.0",
                "Auto-Submitted: auto-generated",
            ])
        #expect(try message.bytes() == message.bytes())
    }

    @Test("text that is not ASCII becomes encoded words of at most 75 characters")
    func encodedWords() throws {
        let subject = "Votre étiquette de retour – RMA 01HV7Z"
        #expect(
            EncodedWord.encode("Votre étiquette de retour – RMA 01HV7Z".prefix(5).description + "é")
                == "=?utf-8?B?Vm90cmXDqQ==?=")
        let long = String(repeating: subject + " ", count: 5)
        let lines = try Self.lines(Self.message(subject: long))
        let start = try #require(lines.firstIndex { $0.hasPrefix("Subject: =?utf-8?B?") })
        let folded = lines[(start + 1)...].prefix { $0.hasPrefix(" ") }
        #expect(folded.count >= 3)
        for line in lines[start...].prefix(folded.count + 1) { #expect(line.utf8.count <= 85) }
        let words = ([String(lines[start].dropFirst(9))] + folded.map { String($0.dropFirst()) })
        #expect(words.allSatisfy { $0.utf8.count <= 75 })
        let decoded = words.map { Data(base64Encoded: String($0.dropFirst(10).dropLast(2))) ?? Data() }
        #expect(String(decoding: Data(decoded.joined()), as: UTF8.self) == long)
    }

    @Test(
        "nothing that could begin a header gets into one",
        arguments: ["a\r\nBcc: x@example.com", "a\nBcc: x", "a\rb", "a\u{0}b", "a\u{85}b", "a\u{2028}b"])
    func injection(text: String) throws {
        #expect(MailAddress("ana@example.com", name: text) == nil)
        #expect(throws: MailProblem.self) { try Self.message(subject: text).bytes() }
        var message = try Self.message()
        message.attachments = [.init(name: text, contentType: "application/pdf", bytes: [1])]
        let withFile = message
        #expect(throws: MailProblem.self) { try withFile.bytes() }
        message.attachments = [.init(name: "a.pdf", contentType: text, bytes: [1])]
        let withType = message
        #expect(throws: MailProblem.self) { try withType.bytes() }
        message.attachments = []
        message.reference = text
        let withReference = message
        #expect(throws: MailProblem.self) { try withReference.bytes() }
    }

    @Test(
        "addresses are plain ones",
        arguments: [
            ("ana@example.com", true), ("ana+returns@mail.example.co", true), ("o'neil@example.com", true),
            ("", false), ("ana", false), ("ana@localhost", false), ("ana@@example.com", false),
            ("ana@example.com>", false), ("<ana@example.com", false), ("a b@example.com", false),
            ("ana@example.com,bob@example.com", false), ("\"ana\"@example.com", false), ("ana@exam_ple.com", false),
            ("ana@example.com\r\nRCPT TO:<x@y.z>", false), (".ana@example.com", false), ("ana@-a.com", false),
        ])
    func addresses(text: String, isOne: Bool) {
        #expect((MailAddress(text) != nil) == isOne)
    }

    @Test("lines are short, ASCII, and end with CRLF, whatever the text is")
    func lines() throws {
        let text = "Zeile mit Ü=ö \t\n.\n" + String(repeating: "é€😀 ", count: 200) + "\r\nende "
        var message = try Self.message(text: text)
        message.attachments = [
            .init(name: "étiquette.pdf", contentType: "application/pdf", bytes: (0..<3000).map { UInt8($0 % 251) })
        ]
        let raw = String(decoding: try message.bytes(), as: UTF8.self)
        #expect(raw.utf8.allSatisfy { $0 < 0x80 } && raw.hasSuffix("\r\n"))
        #expect(!raw.replacing("\r\n", with: "").contains { $0.isNewline })
        #expect(raw.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 })
        #expect(raw.contains("filename*=utf-8''%C3%A9tiquette.pdf"))
        #expect(raw.contains("Content-Type: multipart/mixed;") && raw.contains("Content-Type: multipart/alternative;"))
    }

    @Test(
        "a server's refusal is read by its enhanced code, then by its code",
        arguments: [
            (450, "450 4.7.1 Greylisted, try again", "transient"), (421, "421 busy", "transient"),
            (535, "535 5.7.8 no", "unauthorized"), (530, "530 Must authenticate", "unauthorized"),
            (550, "550 5.1.1 No such user", "bad_recipient"), (553, "553 bad name", "bad_recipient"),
            (552, "552 5.3.4 too big", "too_big"), (550, "550 5.7.1 DMARC", "policy"), (554, "554 spam", "policy"),
            (571, "571 what", "smtp_571"),
        ])
    func replies(code: Int, text: String, expected: String) {
        switch SMTPReply(MailAnswer(code: code, text: text)).failure {
        case .transient: #expect(expected == "transient")
        case .unauthorized: #expect(expected == "unauthorized")
        case .refused(let name, _): #expect(name == expected)
        case .unknownOutcome, .postponed: Issue.record("\(text) is an answer")
        }
    }
}
