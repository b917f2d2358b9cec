import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("The checklist of an inspection", .enabled(if: ReturnsBench.isThere))
struct ReturnChecklistTests {
    private static let policy =
        #""reasons":["wrong_size","torn"],"instant_refund":{"grade":"A","matched":true},"inspection_checklist":["#
        + #"{"id":"tags","text":"The tags are on."},{"id":"seam","text":"The seam is torn.","reasons":["torn"]}]"#
    private static let photo = "https://example.com/robe.jpg"

    /// With the goods of a return here, which nobody has looked at.
    private func received(_ bench: ReturnsBench, _ quantity: Int = 1) async throws -> ReturnID {
        try await bench.deliverOrder()
        try await bench.set(policy: Self.policy)
        let id = try await bench.sendLabel(quantity)
        try await bench.receive(id, quantity)
        return id
    }

    @discardableResult
    private func look(
        _ bench: ReturnsBench, _ id: ReturnID, grade: String? = "A", matched: Bool? = true,
        _ checklist: [String: ChecklistAnswer]? = nil, photos: [String]? = nil
    ) async throws -> [Envelope] {
        let line = InspectReturn.Line(
            lineID: "1", quantity: 1, grade: grade, matched: matched, checklist: checklist, photos: photos)
        return try await bench.handleAndSend {
            _ = try await InspectReturnHandler().handle(InspectReturn(returnID: id, lines: [line]), in: $0)
        }.sent
    }

    /// As the warehouse's system does.
    private func grade(_ bench: ReturnsBench, _ id: ReturnID, _ grade: String) async throws -> [Envelope] {
        let line = InspectReturn.Line(lineID: "1", quantity: 1, grade: grade, matched: true)
        return try await bench.handleAndSend {
            var goods = try await ReturnCase.lock(id, in: $0)
            try await ReturnReceiving(transaction: $0).inspect([line], of: &goods, by: .system)
        }.sent
    }

    private func isComplete(_ sent: [Envelope]) throws -> Bool {
        let news = try #require(sent.first { $0.attributes.type == ReturnInspected.type })
        return try news.data(ReturnInspected.self).isComplete
    }

    @Test("a grade without its answers is refused with the names of what is missing, and nothing is written")
    func missing() async throws {
        try await ReturnsBench.run { bench in
            let id = try await received(bench)
            let refusal = await #expect(throws: Refusal.self) { try await look(bench, id) }
            #expect(refusal?.code == "checklist_incomplete" && refusal?.field == "lines.0.checklist")
            #expect(refusal?.message.contains("'tags' (The tags are on.)") == true)
            #expect(refusal?.message.contains("seam") == false)
            let record = try await bench.record(id)
            #expect(record.status == .received && record.lines[0].grade == nil && record.inspections.isEmpty)
            #expect(record.lines[0].units.map(\.checklist) == [.open])
        }
    }

    @Test("answers are kept with who gave them and when, beside photos, and the money goes back")
    func answered() async throws {
        try await ReturnsBench.run { bench in
            let id = try await received(bench)
            let sent = try await look(bench, id, ["tags": .init(false, note: "cut off")], photos: [Self.photo])
            #expect(try isComplete(sent))
            let record = try await bench.record(id)
            #expect(record.status == .inspected && record.lines[0].units.map(\.checklist) == [.answered])
            let found = try #require(record.inspections.first)
            #expect(found.actor == "ops@example.com" && found.units == [1] && found.grade == .a)
            #expect(
                found.checklist == [
                    .init(id: "tags", text: "The tags are on.", passed: false, note: "cut off")
                ])
            #expect(found.photos == [Self.photo] && found.at == record.timeline?.last?.at)
            #expect(record.timeline?.last?.summary.contains("checklist: 0 of 1 hold, not tags; 1 photo") == true)
            #expect(try await bench.assess(id).verdict == .refund)
        }
    }

    @Test("what is found later is kept beside what was found before, and needs its answers too")
    func again() async throws {
        try await ReturnsBench.run { bench in
            let id = try await received(bench)
            try await look(bench, id, ["tags": .init(true)])
            let refusal = await #expect(throws: Refusal.self) { try await look(bench, id, grade: "B") }
            #expect(refusal?.code == "checklist_incomplete")
            try await look(bench, id, grade: "B", ["tags": .init(false)])
            let record = try await bench.record(id)
            #expect(record.inspections.map(\.grade) == [.a, .b] && record.lines[0].grade == .b)
        }
    }

    @Test("what is asked depends on the reason; an answer to what is not asked is refused")
    func reasons() async throws {
        try await ReturnsBench.run { bench in
            let id = try await received(bench)
            let unknown = await #expect(throws: Refusal.self) {
                try await look(bench, id, ["tags": .init(true), "seam": .init(true)])
            }
            #expect(unknown?.code == "unknown_item" && unknown?.field == "lines.0.checklist.seam")
            let torn = try await bench.ask { $0.lines[0].reason = "torn" }
            try await bench.label(torn)
            try await bench.receive(torn)
            let missing = await #expect(throws: Refusal.self) { try await look(bench, torn, ["tags": .init(true)]) }
            #expect(missing?.message.contains("'seam'") == true)
            try await look(bench, torn, ["tags": .init(true), "seam": .init(true)])
            #expect(try await bench.record(torn).inspections.first?.checklist.map(\.id) == ["tags", "seam"])
        }
    }

    @Test("the warehouse's grade waits for somebody's answers, who need not grade again")
    func warehouse() async throws {
        try await ReturnsBench.run { bench in
            let id = try await received(bench)
            let told = try await grade(bench, id, "A")
            #expect(try !isComplete(told))
            #expect(try await bench.record(id).status == .received)
            #expect(try await bench.assess(id).verdict == .wait)
            let sent = try await look(bench, id, grade: nil, matched: nil, ["tags": .init(true)])
            #expect(try isComplete(sent))
            #expect(try await bench.record(id).status == .inspected)
            #expect(try await bench.assess(id).verdict == .refund)
        }
    }

    @Test("where nobody answers in time a person decides, and may say yes without")
    func nobody() async throws {
        try await ReturnsBench.run { bench in
            let id = try await received(bench)
            _ = try await grade(bench, id, "A")
            let assessment = try await bench.assess(id, isFinal: true)
            #expect(assessment.verdict == .review && assessment.reason?.code == "checklist_open")
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "54.00")
        }
    }

    @Test("of two units that the warehouse graded, each answer is of another")
    func oneByOne() async throws {
        try await ReturnsBench.run { bench in
            let id = try await received(bench, 2)
            _ = try await grade(bench, id, "A")
            _ = try await grade(bench, id, "B")
            #expect(try await bench.record(id).lines[0].units.map(\.grade) == [.a, .b])
            for _ in 1...2 { try await look(bench, id, grade: nil, matched: nil, ["tags": .init(true)]) }
            let record = try await bench.record(id)
            #expect(record.inspections.map(\.units) == [[1], [2]])
            #expect(record.lines[0].units.map(\.grade) == [.a, .b])
        }
    }

    @Test("without a checklist in the policy inspections go on as before; photos are kept, answers are refused")
    func withoutChecklist() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.receive(id)
            let refusal = await #expect(throws: Refusal.self) { try await look(bench, id, ["tags": .init(true)]) }
            #expect(refusal?.code == "unknown_item" && refusal?.field == "lines.0.checklist.tags")
            try await look(bench, id)
            #expect(try await bench.record(id).inspections.isEmpty)
            try await look(bench, id, photos: [Self.photo])
            let record = try await bench.record(id)
            #expect(record.inspections.map(\.photos) == [[Self.photo]] && record.inspections[0].checklist.isEmpty)
            #expect(record.lines[0].units.map(\.checklist) == [nil])
        }
    }

    @Test("a return keeps to the policy it was asked for under")
    func laterPolicy() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.set(policy: Self.policy)
            try await bench.receive(id)
            try await look(bench, id)
            #expect(try await bench.record(id).status == .inspected)
        }
    }

    @Test("more than can be told of a return is refused")
    func tooLarge() async throws {
        try await ReturnsBench.run { bench in
            let id = try await received(bench)
            let long = "https://example.com/" + String(repeating: "a", count: 1_900)
            var refusal: Refusal?
            for _ in 1...10 where refusal == nil {
                do {
                    try await look(bench, id, ["tags": .init(true)], photos: Array(repeating: long, count: 10))
                } catch let error as Refusal {
                    refusal = error
                }
            }
            #expect(refusal?.code == "too_large")
            let kept = try await bench.record(id).inspections.count
            #expect((5...7).contains(kept))
        }
    }

    // MARK: Tickets

    private func change(_ bench: ReturnsBench, _ id: TicketID, _ status: TicketStatus?, _ fields: String) async throws {
        let command = ChangeTicket(ticketID: id, subject: nil, status: status, customFields: fields, version: nil)
        try await bench.handle { _ = try await ChangeTicketHandler().handle(command, in: $0) }
    }

    private func open(_ bench: ReturnsBench) async throws -> (ticket: TicketID, id: ReturnID) {
        try await bench.deliverOrder()
        try await bench.set(policy: Self.policy)
        let command = CreateTicket(
            subject: "Return Request", customerEmail: "ana@example.com", status: .returnRequested,
            customFields: #"{"order_id":"77","items_to_return":["ROBE"],"return_reason":"wrong_size"}"#)
        let ticket = try await bench.handle {
            let id = try await CreateTicketHandler().handle(command, in: $0).ticketID
            return try #require(try await TicketRecords.find(id, in: $0.database))
        }
        let id = try #require(ticket.returnID)
        try await bench.label(id)
        return (ticket.id, id)
    }

    @Test("a ticket's condition needs the answers too, and takes them and photos beside it, once")
    func ticket() async throws {
        try await ReturnsBench.run { bench in
            let (ticket, id) = try await open(bench)
            for fields in [#"{"condition":"good"}"#, #"{"condition":"good","checklist":{"tags":"yes"}}"#] {
                let refusal = await #expect(throws: Refusal.self) {
                    try await change(bench, ticket, .itemReceived, fields)
                }
                #expect(refusal?.code == "checklist_incomplete" && refusal?.field == "custom_fields.checklist")
            }
            #expect(try await bench.record(id).status == .labelSent)
            let fields = #"{"condition":"good","checklist":{"tags":true},"photos":["\#(Self.photo)"]}"#
            for _ in 1...2 { try await change(bench, ticket, .itemReceived, fields) }
            let record = try await bench.record(id)
            #expect(record.status == .inspected && record.inspections.count == 1)
            #expect(record.inspections[0].photos == [Self.photo])
        }
    }

    @Test("a ticket answers for goods that the warehouse has graded")
    func ticketAfterWarehouse() async throws {
        try await ReturnsBench.run { bench in
            let (ticket, id) = try await open(bench)
            try await bench.receive(id)
            _ = try await grade(bench, id, "B")
            try await change(bench, ticket, nil, #"{"checklist":{"tags":{"passed":false,"note":"cut off"}}}"#)
            let record = try await bench.record(id)
            #expect(record.status == .inspected && record.lines[0].grade == .b)
            #expect(record.inspections.map { $0.checklist.map(\.note) } == [["cut off"]])
        }
    }

    @Test("what tickets called a checklist before there was one means nothing where the policy asks none")
    func ticketWithoutChecklist() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let command = CreateTicket(
                subject: "Return Request", customerEmail: "ana@example.com", status: .returnRequested,
                customFields: #"{"order_id":"77","items_to_return":["ROBE"],"return_reason":"wrong_size"}"#)
            let ticket = try await bench.handle {
                let id = try await CreateTicketHandler().handle(command, in: $0).ticketID
                return try #require(try await TicketRecords.find(id, in: $0.database))
            }
            let id = try #require(ticket.returnID)
            try await bench.label(id)
            let fields = #"{"condition":"good","checklist":{"a":true},"photos":["photo.jpg"]}"#
            try await change(bench, ticket.id, .itemReceived, fields)
            let record = try await bench.record(id)
            #expect(record.status == .inspected && record.inspections.isEmpty)
        }
    }
}
