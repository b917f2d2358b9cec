import Commerce
import Foundation
import SeededRandom
import Support
import Testing

@testable import Messaging

@Suite("Envelope on the wire")
struct EnvelopeReaderTests {
    /// The attributes as Foundation reads them.
    private struct Reference: Codable, Equatable {
        var id: String
        var type: String
        var source: String
        var workspaceid: WorkspaceID
        var subject: String?
        var correlationid: String?
        var actor: String?
        var sagaid: SagaID?
        var sagarun: Int?
        var sagapath: String?
        var sagaattempt: Int?

        init(_ attributes: Envelope.Attributes) {
            id = attributes.id
            type = attributes.type
            source = attributes.source
            workspaceid = attributes.workspaceid
            subject = attributes.subject
            correlationid = attributes.correlationid
            actor = attributes.actor
            sagaid = attributes.sagaid
            sagarun = attributes.sagarun
            sagapath = attributes.sagapath
            sagaattempt = attributes.sagaattempt
        }
    }

    private func text(_ random: inout RandomJSON) throws -> String {
        try JSONDecoder().decode(String.self, from: Data(random.string().utf8))
    }

    private func attributes(_ random: inout RandomJSON) throws -> Envelope.Attributes {
        var attributes = Envelope.Attributes(
            id: "m" + (try text(&random)), type: "t" + (try text(&random)), source: try text(&random),
            workspaceid: WorkspaceID())
        if Bool.random(using: &random.generator) { attributes.subject = try text(&random) }
        if Bool.random(using: &random.generator) { attributes.correlationid = try text(&random) }
        if Bool.random(using: &random.generator) { attributes.actor = try text(&random) }
        if Bool.random(using: &random.generator) {
            SagaAddress(sagaID: SagaID(), run: .random(in: 1...9), path: try text(&random), attempt: 3)
                .write(to: &attributes)
        }
        return attributes
    }

    @Test("reads what Foundation reads of it, and the data as it was written", arguments: 0..<40)
    func agreesWithFoundation(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        for _ in 0..<25 {
            let data = random.document()
            let written = Envelope(try attributes(&random), data: RawJSON(text: data))
            let read = try Envelope(body: written.body)
            let reference = try JSONDecoder().decode(Reference.self, from: Data(written.body))
            #expect(Reference(read.attributes) == reference, "seed \(seed)")
            #expect(try read.rawData().text == data, "seed \(seed)")
        }
    }

    @Test("a broken message is malformed, never misread", arguments: 0..<40)
    func broken(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        for _ in 0..<50 {
            let envelope = Envelope(try attributes(&random), data: RawJSON(text: random.document()))
            let bytes = random.broken(String(decoding: envelope.body, as: UTF8.self))
            do {
                let read = try Envelope(body: bytes)
                let reference = try JSONDecoder().decode(Reference.self, from: Data(bytes))
                #expect(Reference(read.attributes) == reference, "seed \(seed)")
            } catch is MalformedMessage {
                continue
            }
        }
    }

    @Test("any order, blanks, escaped names and attributes of others are taken")
    func byHand() throws {
        let workspace = WorkspaceID()
        let text = """
             { "data" : { "a" : [1, 2] } , "other": {"deep": [null]}, "n": 1e3,
              "\\u0069d":"m1","type":"order.received" , "workspaceid":"\(workspace)", "subject": null,
              "source":"manual", "sagarun": 2.0, "time":"2026-03-05T18:00:00.5+01:00", "specversion":"1.0" }
            """
        let envelope = try Envelope(body: Array(text.utf8))
        #expect(envelope.attributes.id == "m1")
        #expect(envelope.attributes.sagarun == 2)
        #expect(envelope.attributes.subject == nil)
        #expect(envelope.attributes.time == Date(timeIntervalSince1970: 1_772_730_000.5))
        #expect(try envelope.data([String: [Int]].self) == ["a": [1, 2]])
    }

    @Test(
        "names the attribute that is wrong",
        arguments: [
            (#""id":"1","id":"2""#, "'id' occurs twice"), (#""id":7"#, "'id': a text is expected"),
            (#""id":"1","sagarun":"x""#, "'sagarun': a whole number"), (#""id":"1","sagarun":1.5"#, "'sagarun'"),
            (#""id":"1","time":"yesterday""#, "'time'"), (#""id":null"#, "'id' is missing"),
            (#""id":"""#, "must not be empty"),
            (#""id":"a\u0000b""#, #"'id': 'a\0b' has control characters"#),
            (#""id":"1","subject":"a\u0085""#, #"'subject': 'a\u{0085}' has"#),
            (#""id":"1","actor":"a\n""#, #"'actor': 'a\n' has"#),
            (#""id":"1","time":"\u0000""#, "'time'"),
            (#""id":"\#(String(repeating: "x", count: 256))""#, "'id' has 256 bytes, at most 255"),
            (#""id":"1","correlationid":"\#(String(repeating: "ü", count: 128))""#, "'correlationid' has 256 bytes"),
        ])
    func wrongAttribute(members: String, words: String) {
        let text =
            #"{"specversion":"1.0","type":"t","source":"s","workspaceid":"\#(WorkspaceID())",\#(members)}"#
        let error = #expect(throws: MalformedMessage.self) { try Envelope(body: Array(text.utf8)) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasControlCharacters == false)
    }

    @Test("what is written can be read, whatever came from outside")
    func hostileAttributes() throws {
        var attributes = Envelope.Attributes(id: "a\0b", type: "t", source: "s", workspaceid: WorkspaceID())
        attributes.subject = "one\ntwo\u{85}"
        attributes.actor = String(repeating: "x", count: 300)
        let read = try Envelope(body: Envelope(attributes, data: .emptyObject).body).attributes
        #expect(read.id == "a\u{FFFD}b" && read.subject == "one\u{FFFD}two\u{FFFD}" && read.actor == attributes.actor)
    }

    @Test("an error quotes no more of a message than a log line holds, and nothing that no store takes")
    func boundedError() throws {
        let start = #"{"specversion":"1.0","id":"1","type":"t","source":"s","workspaceid":"\#(WorkspaceID())","#
        let long = String(repeating: "x", count: 100_000)
        let time = #expect(throws: MalformedMessage.self) {
            try Envelope(body: Array("\(start)\"dataschema\":\"1\",\"time\":\"\(long)\"}".utf8))
        }
        #expect((time?.description.utf8.count ?? .max) < 2_100)
        let hostile = try Envelope(body: Array((start + #""data":{"\u0000":{"b":7}}}"#).utf8))
        let data = #expect(throws: MalformedMessage.self) { try hostile.data([String: [String: String]].self) }
        #expect(data?.description.hasControlCharacters == false)
    }

    @Test("data that is missing or of another shape is malformed, with the field's name")
    func wrongData() throws {
        struct Wanted: Decodable { var name: String }
        func envelope(_ rest: String) throws -> Envelope {
            try Envelope(
                body: Array(
                    #"{"specversion":"1.0","id":"1","type":"t","source":"s","workspaceid":"\#(WorkspaceID())"\#(rest)}"#
                        .utf8))
        }
        let missing = #expect(throws: MalformedMessage.self) { try envelope("").data(Wanted.self) }
        #expect(missing?.description == "'data' is missing")
        let other = #expect(throws: MalformedMessage.self) { try envelope(#","data":{"name":1}"#).data(Wanted.self) }
        #expect(other?.description.contains("'data.name'") == true)
    }
}

@Suite("Replies on the wire")
struct ReplyTests {
    private func envelope(_ data: String) throws -> Envelope {
        Envelope(
            .init(id: "1", type: CommandReply.type, source: "s", workspaceid: WorkspaceID()), data: RawJSON(text: data))
    }

    @Test(
        "are read back as they were given",
        arguments: [
            CommandReply.accepted(.emptyObject), .accepted(RawJSON(text: #"{"a":"x\"ü\\","b":[1,null]}"#)),
            .refused(Refusal(code: "no", message: "said \"no\"")),
        ])
    func roundTrip(reply: CommandReply) throws {
        #expect(try envelope(reply.json.text).commandReply() == reply)
        #expect(CommandReply(body: try reply.json.decode()) == reply)
    }

    @Test(
        "any form of the same JSON is taken",
        arguments: [
            (#" { "error" : null, "result" : "{}" } "#, CommandReply.accepted(.emptyObject)),
            ("{}", .accepted(.emptyObject)),
            (#"{"result":"{}","error":{"code":"c","message":"m"}}"#, .refused(Refusal(code: "c", message: "m"))),
        ])
    func forms(data: String, reply: CommandReply) throws {
        #expect(try envelope(data).commandReply() == reply)
    }

    @Test("another shape is malformed")
    func malformed() {
        #expect(throws: MalformedMessage.self) { try envelope(#"{"result":1}"#).commandReply() }
    }
}

@Suite("Times on the wire")
struct RFC3339Tests {
    @Test("are read and written as Foundation does", arguments: 0..<20)
    func agreesWithFoundation(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<200 {
            // WHY: before October 1582 Foundation counts by the Julian calendar, RFC 3339 by the Gregorian.
            let milliseconds = Int64.random(in: -12_000_000_000_000...200_000_000_000_000, using: &generator)
            let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
            let text = try #require(RFC3339.text(date))
            // WHY: Foundation cuts off what a binary fraction lacks to the millisecond; a tenth of one more repairs that.
            #expect(text == date.addingTimeInterval(0.000_1).formatted(style))
            let read = try #require(RFC3339.date(text))
            #expect(abs(read.timeIntervalSince(date)) < 0.000_1)
        }
    }

    @Test(
        "offsets and fractions of any length are read",
        arguments: [
            ("1970-01-01T00:00:00Z", 0.0), ("1970-01-01T01:00:00+01:00", 0), ("1969-12-31T23:30:00.25-00:30", 0.25),
            ("1970-01-01t00:00:01.000000001z", 1), ("2000-02-29T00:00:00Z", 951_782_400),
            ("2016-12-31T23:59:60Z", 1_483_228_800),
        ])
    func forms(text: String, seconds: Double) throws {
        let date = try #require(RFC3339.date(text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
    }

    @Test(
        "what is no time is refused",
        arguments: [
            "", "2026-01-01", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z",
            "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+25:00", "2026-01-01T00:00:00Zx", "26-01-01T00:00:00Z",
        ])
    func refused(text: String) {
        #expect(RFC3339.date(text) == nil)
    }
}
