import Foundation

/// A message as it came: headers decoded, texts and files found (RFC 5322, 2045 to 2047, 2231).
///
/// Strict: nil for a message without the headers that every mail has, or with lines that are too long.
struct ReceivedMail {
    private let headers: [MailField]
    private let raw: String
    private let leaves: [MailLeaf]

    private static let needed = ["date", "from", "to", "subject", "message-id", "mime-version", "content-type"]

    init?(_ bytes: [UInt8]) {
        guard let raw = String(validating: bytes, as: UTF8.self), raw.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let entity = MailEntity(raw)
        let names = entity.fields.map { $0.name.lowercased() }
        guard Self.needed.allSatisfy({ name in names.filter { $0 == name }.count == 1 }),
            raw.split(separator: "\r\n", omittingEmptySubsequences: false).allSatisfy({ $0.utf8.count <= 998 })
        else { return nil }
        self.raw = raw
        headers = entity.fields
        leaves = entity.leaves
    }

    var json: JSONObject {
        func header(_ name: String) -> JSON {
            .text(headers.first { $0.name.lowercased() == name }?.decoded)
        }
        return JSONObject([
            ("message_id", header("message-id")), ("from", header("from")), ("to", header("to")),
            ("reply_to", header("reply-to")), ("subject", header("subject")), ("date", header("date")),
            ("text", .text(leaves.first { $0.type == "text/plain" && !$0.isFile }?.text)),
            ("html", .text(leaves.first { $0.type == "text/html" && !$0.isFile }?.text)),
            ("attachments", .array(leaves.filter(\.isFile).map(\.json))),
            ("headers", .array(headers.map { ["name": .string($0.name), "value": .string($0.value)] })),
            ("raw", .string(raw)),
        ])
    }
}

struct MailField {
    var name: String
    /// Unfolded.
    var value: String

    /// With encoded words read.
    var decoded: String {
        let joined = value.replacing(#/\?=\s+=\?/#, with: "?==?")
        return joined.replacing(#/=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=/#.ignoresCase()) { match in
            Data(base64Encoded: String(match.1)).map { String(decoding: $0, as: UTF8.self) } ?? String(match.0)
        }
    }

    /// `boundary` of a content type, `filename` of a disposition.
    func parameter(_ name: String) -> String? {
        for part in value.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard pair.count == 2 else { continue }
            if pair[0].lowercased() == name { return pair[1].trimmingCharacters(in: ["\""]) }
            if pair[0].lowercased() == "\(name)*" { return pair[1].split(separator: "'").last?.removingPercentEncoding }
        }
        return nil
    }
}

/// Headers and what follows them; the whole message or a part.
struct MailEntity {
    let fields: [MailField]
    private let body: Substring

    init(_ text: some StringProtocol) {
        let text = String(text)
        let end = text.range(of: "\r\n\r\n")
        let head = text[..<(end?.lowerBound ?? text.endIndex)]
        body = text[(end?.upperBound ?? text.endIndex)...]
        let unfolded = head.replacing("\r\n ", with: " ").replacing("\r\n\t", with: " ")
        fields = unfolded.split(separator: "\r\n").compactMap { line in
            let pair = line.split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { return nil }
            return MailField(name: String(pair[0]), value: pair[1].trimmingCharacters(in: .whitespaces))
        }
    }

    /// The parts that are not made of parts.
    var leaves: [MailLeaf] {
        let type = field("content-type")
        guard let type, type.value.lowercased().hasPrefix("multipart/"), let boundary = type.parameter("boundary")
        else {
            return [MailLeaf(self, body)]
        }
        let parts = ("\r\n" + body).components(separatedBy: "\r\n--\(boundary)")
        return parts.dropFirst().filter { !$0.hasPrefix("--") }.flatMap { MailEntity($0.dropFirst(2)).leaves }
    }

    func field(_ name: String) -> MailField? { fields.first { $0.name.lowercased() == name } }
}

struct MailLeaf {
    let type: String
    let isFile: Bool
    private let name: String?
    private let bytes: [UInt8]

    init(_ entity: MailEntity, _ body: Substring) {
        let contentType = entity.field("content-type")?.value ?? "text/plain"
        type = String(contentType.prefix { $0 != ";" }).lowercased()
        let disposition = entity.field("content-disposition")
        isFile = disposition?.value.lowercased().hasPrefix("attachment") == true
        name = disposition?.parameter("filename")
        switch entity.field("content-transfer-encoding")?.value.lowercased() {
        case "base64":
            bytes = Array(Data(base64Encoded: String(body), options: .ignoreUnknownCharacters) ?? Data())
        case "quoted-printable": bytes = QuotedPrintableReader.decode(body)
        default: bytes = Array(body.utf8)
        }
    }

    var text: String { String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n") }

    var json: JSON {
        [
            "name": .text(name), "content_type": .string(type), "size": .int(bytes.count),
            "base64": .string(Data(bytes).base64EncodedString()),
        ]
    }
}

enum QuotedPrintableReader {
    static func decode(_ text: Substring) -> [UInt8] {
        let joined = Array(text.replacing("=\r\n", with: "").utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < joined.count {
            if joined[index] == UInt8(ascii: "="), index + 2 < joined.count,
                let byte = UInt8(String(decoding: joined[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(joined[index])
                index += 1
            }
        }
        return bytes
    }
}
