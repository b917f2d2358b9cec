import Commerce
import Contracts
import Foundation
import Messaging
import Testing
import Views

@testable import Returns

@Suite("Evidence of a return", .enabled(if: ReturnsBench.isThere))
struct ReturnEvidenceTests {
    private static let policy = #""reasons":["wrong_size",{"code":"torn","evidence":"required"}]"#
    private static let seam = ReturnRequest.Evidence(url: "https://example.com/seam.jpg", note: "The left one")

    private func prepare(_ bench: ReturnsBench) async throws {
        try await bench.deliverOrder()
        try await bench.set(policy: Self.policy)
    }

    @Test("a reason that has to be shown is refused without, with the line's field and what to do; nothing is held")
    func missing() async throws {
        try await ReturnsBench.run { bench in
            try await prepare(bench)
            let refusal = await #expect(throws: Refusal.self) {
                try await bench.ask { $0.lines.append(.init(sku: "ROBE", quantity: 1, reason: "torn")) }
            }
            #expect(refusal?.code == "evidence_required" && refusal?.field == "lines.1.evidence")
            #expect(refusal?.message.contains("https URL") == true)
            #expect(try await bench.heldUnits() == 0)
        }
    }

    @Test("with it the return is approved, and whoever looks at it sees what was shown and said")
    func shown() async throws {
        try await ReturnsBench.run { bench in
            try await prepare(bench)
            let id = try await bench.ask {
                $0.lines[0].reason = "torn"
                $0.lines[0].evidence = [Self.seam]
            }
            #expect(try await bench.check(id).outcome == .approved)
            let json = try RawJSON(encoding: try await bench.record(id)).decode(Shown.self)
            #expect(json.lines.map(\.evidence) == [[.init(url: Self.seam.url, note: "The left one")]])
        }
    }

    private struct Shown: Decodable {
        struct Line: Decodable { var evidence: [Piece] }

        struct Piece: Decodable, Equatable {
            var url: String
            var note: String?
        }

        var lines: [Line]
    }

    @Test("graded as the policy pays at once, it is paid at once")
    func refunded() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.set(policy: Self.policy + #","instant_refund":{"grade":"A","matched":true}"#)
            let id = try await bench.ask {
                $0.lines[0].reason = "torn"
                $0.lines[0].evidence = [Self.seam]
            }
            try await bench.label(id)
            try await bench.receive(id)
            try await bench.inspect(id, grade: "A", matched: true)
            #expect(try await bench.assess(id).verdict == .refund)
        }
    }

    @Test("what is no evidence is named with its field, also where none is asked for")
    func wrong() async throws {
        try await ReturnsBench.run { bench in
            try await prepare(bench)
            let long = String(repeating: "x", count: 501)
            let wrong: [(code: String, field: String, evidence: [ReturnRequest.Evidence])] = [
                ("bad_url", "lines.0.evidence.0.url", [.init(url: "http://example.com/a.jpg")]),
                ("bad_url", "lines.0.evidence.1.url", [Self.seam, .init(url: "https://a:b@example.com/a.jpg")]),
                ("too_long", "lines.0.evidence.0.note", [.init(url: Self.seam.url, note: long)]),
                ("too_many", "lines.0.evidence", Array(repeating: Self.seam, count: 11)),
            ]
            for (code, field, evidence) in wrong {
                let refusal = await #expect(throws: Refusal.self) {
                    try await bench.ask { $0.lines[0].evidence = evidence }
                }
                #expect(refusal?.code == code && refusal?.field == field, "\(refusal?.description ?? "")")
            }
            #expect(try await bench.heldUnits() == 0)
        }
    }

    // MARK: Tickets

    private func open(_ bench: ReturnsBench, _ evidence: String) async throws -> TicketRecord {
        let fields = """
            {"order_id":"77","items_to_return":["ROBE"],"return_reason":"torn"\(evidence)}
            """
        let command = CreateTicket(
            subject: "Return Request", customerEmail: "ana@example.com", status: .returnRequested, customFields: fields)
        return try await bench.handle {
            let id = try await CreateTicketHandler().handle(command, in: $0).ticketID
            return try #require(try await TicketRecords.find(id, in: $0.database))
        }
    }

    @Test("a ticket without it opens its return, which a person looks at for that reason and may approve")
    func ticketWithout() async throws {
        try await ReturnsBench.run { bench in
            try await prepare(bench)
            let id = try #require(try await open(bench, "").returnID)
            let check = try await bench.check(id)
            #expect(check.outcome == .inReview && check.reason?.code == "evidence_required")
            let record = try await bench.record(id)
            #expect(record.status == .inReview && record.statusReason?.code == "evidence_required")
            try await bench.decide(id, .approve)
            #expect(try await bench.record(id).status == .approved)
        }
    }

    @Test("a ticket shows a URL, or several with notes; what is no URL of the web is left out, and the ticket says so")
    func ticketWith() async throws {
        try await ReturnsBench.run { bench in
            try await prepare(bench)
            let one = try await open(bench, #","evidence":"https://example.com/a.jpg""#)
            #expect(one.flags.isEmpty)
            let id = try #require(one.returnID)
            #expect(try await bench.check(id).outcome == .approved)
            #expect(
                try await bench.record(id).request.lines.first?.evidence == [.init(url: "https://example.com/a.jpg")])
            let several = try await open(
                bench, #","evidence":[{"url":"https://example.com/b.jpg","note":"torn"},"photo.jpg",7]"#)
            #expect(several.flags.map(\.code) == ["evidence_left_out"])
            let other = try #require(several.returnID)
            #expect(
                try await bench.record(other).request.lines.first?.evidence == [
                    .init(url: "https://example.com/b.jpg", note: "torn")
                ])
        }
    }

    @Test("nothing usable on a ticket is as good as nothing")
    func ticketUnusable() async throws {
        try await ReturnsBench.run { bench in
            try await prepare(bench)
            let ticket = try await open(bench, #","evidence":["photo.jpg"]"#)
            #expect(ticket.flags.map(\.code) == ["evidence_left_out"])
            let id = try #require(ticket.returnID)
            #expect(try await bench.check(id).reason?.code == "evidence_required")
        }
    }
}

@Suite("What a return is asked for with, on the wire")
struct ReturnEvidenceFormTests {
    @Test("requests of builds of before are read as they were written, and are written as before")
    func before() throws {
        let text = #"{"lines":[{"quantity":1,"reason":"wrong_size","sku":"ROBE"}],"order_id":"ord_1"}"#
        let request = try RawJSON(text: text).decode(ReturnRequest.self)
        #expect(request.lines[0].evidence == nil)
        #expect(try RawJSON(encoding: request).text == text)
    }

    @Test("evidence is a URL, or a URL with a note")
    func forms() throws {
        let text = #"{"lines":[{"quantity":1,"sku":"A","evidence":["https://a.example",{"url":"https://b.example"}]}]}"#
        let request = try RawJSON(text: text).decode(ReturnRequest.self)
        #expect(request.lines[0].evidence == [.init(url: "https://a.example"), .init(url: "https://b.example")])
        #expect(throws: DecodingError.self) {
            try RawJSON(text: #"{"lines":[{"quantity":1,"evidence":[7]}]}"#).decode(ReturnRequest.self)
        }
    }

    @Test("there is as much of it as a message holds")
    func bounds() throws {
        let piece = ReturnRequest.Evidence(url: "https://example.com/a.jpg")
        let line = ReturnRequest.Line(sku: "ROBE", quantity: 1, evidence: Array(repeating: piece, count: 10))
        var request = ReturnRequest(orderID: "ord_1", lines: Array(repeating: line, count: 5))
        try request.checkEvidence()
        request.lines.append(.init(sku: "ROBE", quantity: 1, evidence: [piece]))
        let refusal = #expect(throws: Refusal.self) { try request.checkEvidence() }
        #expect(refusal?.code == "too_many" && refusal?.field == "lines.5.evidence")
    }

    @Test("what is shown belongs to the units of its line that come back for its reason")
    func lines() {
        let (first, second) = (
            ReturnRequest.Evidence(url: "https://a.example"), ReturnRequest.Evidence(url: "https://b.example")
        )
        let request = ReturnRequest(
            orderID: "ord_1",
            lines: [
                .init(sku: "ROBE", quantity: 1, reason: "torn", evidence: [first]),
                .init(lineID: "1", sku: "ANY", quantity: 1, reason: "torn", evidence: [second]),
                .init(sku: "ROBE", quantity: 1),
            ])
        #expect(request.evidence(of: "1", sku: "ROBE", reason: "torn") == [first, second])
        #expect(request.evidence(of: "1", sku: "ROBE", reason: nil).isEmpty)
        #expect(request.evidence(of: "2", sku: "SLIP", reason: "torn").isEmpty)
    }
}
