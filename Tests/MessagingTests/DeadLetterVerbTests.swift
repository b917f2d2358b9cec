import Commerce
import Foundation
import Testing

@testable import Messaging

@Suite("What is done with dead letters", .tags(.postgres), .enabled(if: DeadLetterBench.isThere))
struct DeadLetterVerbTests {
    @Test("a requeued message goes to its queue as it was, its saga's address with it, and is audited")
    func requeue() async throws {
        try await DeadLetterBench.run { bench in
            let id = try await bench.letter(bench.envelope(), of: bench.workspaceID)
            let sent = try await bench.handle(.requeueDeadLetter, RequeueDeadLetter(id: id, reason: "mended"))
            let message = try #require(sent.first)
            #expect(sent.count == 1 && message.exchange.isEmpty && message.routingKey == "tracking.commands")
            #expect(message.envelope.attributes.id == "m1")
            #expect(SagaAddress(message.envelope.attributes)?.path == "2")
            #expect(try message.envelope.rawData().text == #"{"sku":"B"}"#)
            #expect(try await bench.status(of: id) == "requeued")
            #expect(try await bench.audited(id).map(\.action) == ["dead_letter.requeue"])
        }
    }

    @Test("a requeued message that never reached a queue goes to its exchange again")
    func requeueToExchange() async throws {
        try await DeadLetterBench.run { bench in
            let id = try await bench.letter(
                bench.envelope(), of: bench.workspaceID, queue: "stateset.events/order.received")
            let sent = try await bench.handle(.requeueDeadLetter, RequeueDeadLetter(id: id, reason: "bound again"))
            #expect(sent.map(\.exchange) == [Topology.events] && sent.map(\.routingKey) == ["order.received"])
        }
    }

    @Test("an edit replaces the data and nothing else; the audit log has both")
    func edit() async throws {
        try await DeadLetterBench.run { bench in
            let id = try await bench.letter(bench.envelope(), of: bench.workspaceID)
            let edit = EditDeadLetter(id: id, reason: "wrong SKU", data: #"{"sku":"A"}"#)
            let message = try #require(try await bench.handle(.editDeadLetter, edit).first)
            #expect(try message.envelope.rawData().text == #"{"sku":"A"}"#)
            let attributes = message.envelope.attributes
            #expect(attributes.type == "PollWarehouse" && attributes.id != "m1" && attributes.causationid == "m1")
            #expect(SagaAddress(message.envelope.attributes)?.path == "2")
            let entry = DeadLetterBench.Audited(
                action: "dead_letter.edit", reason: "wrong SKU", before: #"{"sku": "B"}"#, after: #"{"sku": "A"}"#)
            #expect(try await bench.audited(id) == [entry])
        }
    }

    @Test("what is no envelope is replaced by a whole message, of this workspace only")
    func replace() async throws {
        try await DeadLetterBench.run { bench in
            let id = try await bench.letter("not json", of: bench.workspaceID)
            await expect("malformed", bench, id, data: "{}")
            await expect("bad_message", bench, id, message: #"{"a":1}"#)
            await expect("bad_message", bench, id, message: bench.envelope(data: "7"))
            let foreign = bench.envelope().replacing("\(bench.workspaceID)", with: "\(WorkspaceID())")
            await expect("bad_message", bench, id, message: foreign)
            #expect(try await bench.status(of: id) == "open")
            let edit = EditDeadLetter(id: id, reason: "typed by hand", message: bench.envelope())
            #expect(try await bench.handle(.editDeadLetter, edit).first?.envelope.attributes.type == "PollWarehouse")
            #expect(try await bench.status(of: id) == "requeued")
        }
    }

    @Test("an edit does not turn a message into another command, and its data stay an object")
    func bounds() async throws {
        try await DeadLetterBench.run { bench in
            let id = try await bench.letter(bench.envelope(), of: bench.workspaceID)
            await expect("bad_message", bench, id, message: bench.envelope(type: "CancelDispatch"))
            await expect("bad_data", bench, id, data: "[]")
            await expect("bad_data", bench, id)
            #expect(try await bench.status(of: id) == "open")
        }
    }

    @Test("a discarded letter sends nothing, keeps its row and its reason, and is decided for good")
    func discard() async throws {
        try await DeadLetterBench.run { bench in
            let id = try await bench.letter(bench.envelope(), of: bench.workspaceID)
            let discard = DiscardDeadLetter(id: id, reason: "a test order")
            #expect(try await bench.handle(.discardDeadLetter, discard).isEmpty)
            #expect(try await bench.status(of: id) == "discarded")
            #expect(try await bench.audited(id).map(\.reason) == ["a test order"])
            await expect("not_open", bench, id, data: "{}")
            let again = await #expect(throws: Refusal.self) { try await bench.handle(.discardDeadLetter, discard) }
            #expect(again?.code == "not_open")
        }
    }

    @Test("what the audit log cannot keep as JSON is kept as text: such a letter can be edited and discarded")
    func hostileData() async throws {
        try await DeadLetterBench.run { bench in
            let data = #"{"sku":"\u0000"}"#
            let discarded = try await bench.letter(bench.envelope(data: data), of: bench.workspaceID)
            _ = try await bench.handle(.discardDeadLetter, DiscardDeadLetter(id: discarded, reason: "hostile"))
            #expect(try await bench.audited(discarded).first?.before == #""{\"sku\":\"\\u0000\"}""#)
            let edited = try await bench.letter(bench.envelope(data: data), of: bench.workspaceID)
            let edit = EditDeadLetter(id: edited, reason: "mended", data: #"{"sku":"A"}"#)
            #expect(try await bench.handle(.editDeadLetter, edit).count == 1)
        }
    }

    @Test("a letter of another workspace, or of none, is not there", arguments: [WorkspaceID(), .platform])
    func foreign(workspace: WorkspaceID) async throws {
        try await DeadLetterBench.run { bench in
            let id = try await bench.letter(bench.envelope(), of: workspace)
            await expect("not_found", bench, id, data: "{}")
            let discard = DiscardDeadLetter(id: id, reason: "not mine")
            let refusal = await #expect(throws: Refusal.self) { try await bench.handle(.discardDeadLetter, discard) }
            #expect(refusal?.code == "not_found")
            #expect(try await bench.status(of: id) == "open")
        }
    }

    private func expect(
        _ code: String, _ bench: DeadLetterBench, _ id: DeadLetterID, data: String? = nil, message: String? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) async {
        let edit = EditDeadLetter(id: id, reason: "r", data: data, message: message)
        let refusal = await #expect(throws: Refusal.self, sourceLocation: location) {
            _ = try await bench.handle(.editDeadLetter, edit)
        }
        #expect(refusal?.code == code, sourceLocation: location)
    }
}
