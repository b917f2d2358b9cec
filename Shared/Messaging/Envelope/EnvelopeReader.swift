import AMQP
import Commerce
import Foundation

/// Reads the attributes of a message in one pass over its bytes; `data` is checked and left where it is.
///
/// Not guaranteed: extension attributes that the platform does not know are skipped.
struct EnvelopeReader {
    private var scanner: JSONScanner
    private var texts: [String?] = Array(repeating: nil, count: Field.allCases.count)
    /// One bit for each field met.
    private var seen: UInt32 = 0
    private var run: Int?
    private var attempt: Int?
    private var dataRange: Range<Int>?

    /// The attributes, numbered by their place in a table of all.
    private enum Field: Int, CaseIterable {
        case specversion, id, type, source, workspaceid, subject, time, correlationid, causationid, traceparent
        case dataschema, actor, sagaid, sagapath, sagarun, sagaattempt, data

        init?(name: String) {
            guard let field = Self.byName[name] else { return nil }
            self = field
        }

        /// In bytes.
        var lengthMax: Int {
            switch self {
            // LIMIT: a short string of AMQP 0.9.1.
            case .id, .type, .correlationid, .causationid: AMQPMessage.shortStringMax
            case .specversion, .source, .workspaceid, .subject, .time, .traceparent, .dataschema, .actor, .sagaid,
                .sagapath, .sagarun, .sagaattempt, .data:
                AMQPMessage.bodyMax
            }
        }

        private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ("\($0)", $0) })
    }

    static func read(_ body: [UInt8]) throws -> (Envelope.Attributes, data: Range<Int>?) {
        try body.withUnsafeBufferPointer { bytes in
            var reader = EnvelopeReader(JSONScanner(bytes))
            try reader.readObject()
            return (try reader.attributes(), reader.dataRange)
        }
    }

    private init(_ scanner: JSONScanner) {
        self.scanner = scanner
    }

    private mutating func readObject() throws {
        scanner.skipBlanks()
        guard scanner.take("{") else { throw MalformedMessage("not a JSON object") }
        scanner.skipBlanks()
        if !scanner.take("}") {
            repeat { try readMember() } while scanner.take(",")
            guard scanner.take("}") else { throw broken() }
        }
        guard scanner.end() else { throw broken() }
    }

    private mutating func readMember() throws {
        scanner.skipBlanks()
        guard scanner.peek == UInt8(ascii: "\""), let name = scanner.text() else { throw broken() }
        scanner.skipBlanks()
        guard scanner.take(":") else { throw broken() }
        scanner.skipBlanks()
        if let field = Field(name: name) {
            guard seen & 1 << field.rawValue == 0 else { throw MalformedMessage("'\(name)' occurs twice") }
            seen |= 1 << field.rawValue
            try read(field)
        } else if !scanner.skipValue(depth: 1) {
            throw broken()
        }
        scanner.skipBlanks()
    }

    private mutating func read(_ field: Field) throws {
        switch field {
        case .data:
            let start = scanner.position
            guard scanner.skipValue(depth: 1) else { throw broken() }
            dataRange = start..<scanner.position
        case .sagarun: run = try integer(field)
        case .sagaattempt: attempt = try integer(field)
        default:
            if scanner.peek == UInt8(ascii: "\"") {
                guard let text = scanner.text() else { throw broken() }
                texts[field.rawValue] = try checked(text, field)
            } else if !scanner.take(literal: "null") {
                throw MalformedMessage("'\(field)': a text is expected")
            }
        }
    }

    /// What says who a message is must be storable everywhere: the database takes no NUL and indexes no long text, AMQP
    /// has short strings for what it copies.
    private func checked(_ text: String, _ field: Field) throws -> String {
        guard !text.hasControlCharacters else {
            throw MalformedMessage("'\(field)': '\(text.printable(upTo: 100))' has control characters")
        }
        guard text.utf8.count <= field.lengthMax else {
            throw MalformedMessage(
                "'\(field)' has \(text.utf8.count) bytes, at most \(field.lengthMax) are allowed")
        }
        return text
    }

    private mutating func integer(_ field: Field) throws -> Int? {
        if scanner.take(literal: "null") { return nil }
        guard let number = scanner.integer() else { throw MalformedMessage("'\(field)': a whole number is expected") }
        return number
    }

    private func broken() -> MalformedMessage {
        MalformedMessage("not a JSON object: malformed at byte \(scanner.position)")
    }

    private func attributes() throws -> Envelope.Attributes {
        let version = try required(.specversion)
        var attributes = Envelope.Attributes(
            id: try required(.id), type: try required(.type), source: try required(.source),
            workspaceid: try id(.workspaceid, required(.workspaceid)))
        attributes.specversion = version
        attributes.subject = texts[Field.subject.rawValue]
        attributes.time = try texts[Field.time.rawValue].map(date)
        attributes.correlationid = texts[Field.correlationid.rawValue]
        attributes.causationid = texts[Field.causationid.rawValue]
        attributes.traceparent = texts[Field.traceparent.rawValue]
        attributes.dataschema = texts[Field.dataschema.rawValue]
        attributes.actor = texts[Field.actor.rawValue]
        attributes.sagaid = try texts[Field.sagaid.rawValue].map { try id(.sagaid, $0) }
        attributes.sagarun = run
        attributes.sagapath = texts[Field.sagapath.rawValue]
        attributes.sagaattempt = attempt
        return attributes
    }

    private func required(_ field: Field) throws -> String {
        guard let text = texts[field.rawValue] else { throw MalformedMessage("'\(field)' is missing") }
        return text
    }

    private func id<Tag>(_ field: Field, _ text: String) throws -> ID<Tag> {
        guard let id = ID<Tag>(text) else {
            throw MalformedMessage("'\(field)': expected an id of the form \(Tag.prefix)_<32 hex digits>")
        }
        return id
    }

    private func date(_ text: String) throws -> Date {
        guard let date = WireJSON.date(text) else {
            throw MalformedMessage("'time': '\(text)' is not an RFC 3339 time")
        }
        return date
    }
}
