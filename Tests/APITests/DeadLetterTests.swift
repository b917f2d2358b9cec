import Commerce
import Foundation
import Messaging
import Postgres
import Testing

@testable import API

@Suite("Deciding on dead letters", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct DeadLetterTests {
    @Test("an edit carries the corrected data, or the whole message, to the service that gave up")
    func edit() async throws {
        try await APIBench.run { bench in
            let id = try await bench.deadLetter()
            let data = #"{"reason":"wrong SKU","data":{"sku":"A"}}"#
            #expect(try await bench.post("/dead-letters/\(id)/edit", data).status == 503)
            let message = #"{"reason":"r","message":{"id":"1"}}"#
            #expect(try await bench.post("/dead-letters/\(id)/edit", message).status == 503)
            let sent = try await bench.sent()
            let commands = try sent.map { try $0.envelope.data(EditDeadLetter.self) }
            #expect(sent.allSatisfy { $0.routingKey == "tracking.interactive" })
            #expect(sent.allSatisfy { $0.envelope.attributes.type == "EditDeadLetter" })
            #expect(commands[0].data == #"{"sku":"A"}"# && commands[0].message == nil && commands[0].id == id)
            #expect(commands[1].data == nil && commands[1].message == #"{"id":"1"}"#)
        }
    }

    @Test("a command that the api itself could not send is a letter like any other, of its own workspace only")
    func ownLetter() async throws {
        try await APIBench.run { bench in
            let id = try await bench.deadLetter(reason: "unroutable", service: "api")
            #expect(try await bench.get("/dead-letters/\(id)").json["service"] == "api")
            let foreign = try await bench.get("/dead-letters/\(id)", key: bench.otherKey, in: bench.otherWorkspaceID)
            #expect(foreign.status == 404)
            #expect(try await bench.post("/dead-letters/\(id)/requeue", #"{"reason":"back"}"#).status == 503)
            #expect(try await bench.sent().map(\.routingKey) == ["api.interactive"])
        }
    }

    @Test(
        "a wrong edit is refused with the member",
        arguments: [
            (#"{"reason":"r"}"#, "data"), (#"{"reason":"r","data":[]}"#, "data"), (#"{"data":{}}"#, "reason"),
            (#"{"reason":"r","data":{},"message":{}}"#, "message"), (#"{"reason":"r","message":"x"}"#, "message"),
        ])
    func wrongEdit(body: String, field: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/dead-letters/\(try await bench.deadLetter())/edit", body)
            #expect(answer.status == 422 && answer.json["field"] == .string(field))
        }
    }

    @Test("a letter is discarded only with a reason, and one already decided on is 409")
    func discard() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let id = try await bench.deadLetter()
            #expect(try await bench.post("/dead-letters/\(id)/discard", "{}").json["field"] == "reason")
            let refusal = CommandReply.refused(Refusal(code: "not_open", message: "It is discarded already."))
            async let answered: Void = bench.answerNext(refusal, as: .tracking)
            let answer = try await bench.post("/dead-letters/\(id)/discard", #"{"reason":"a test order"}"#)
            try await answered
            #expect(answer.status == 409 && answer.code == "not_open")
            let sent = try #require(try await bench.sent().first)
            #expect(try sent.envelope.data(DiscardDeadLetter.self).reason == "a test order")
        }
    }

    @Test("a group is requeued as the list names it, each letter by its own service")
    func group() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let letters = try await [bench.deadLetter(), bench.deadLetter(service: "order-ingest")]
            _ = try await bench.deadLetter(reason: "malformed")
            // The group as the list gives it is a body.
            let group = try #require(try await bench.get("/dead-letters?group_by=reason").data.first)
            #expect(group["group"] == "attempts" && group["count"] == .raw("2"))
            async let answered: Void = bench.answer(2, as: .tracking) { _ in .accepted(.emptyObject) }
            let answer = try await bench.post("/dead-letters/requeue", group.text)
            try await answered
            #expect(answer.status == 202 && answer.json["matched"] == .raw("2") && answer.json["accepted"] == .raw("2"))
            let sent = try await bench.sent()
            #expect(Set(sent.map(\.routingKey)) == ["tracking.interactive", "order-ingest.interactive"])
            #expect(Set(try sent.map { try $0.envelope.data(RequeueDeadLetter.self).id }) == Set(letters))
            #expect(try sent[0].envelope.data(RequeueDeadLetter.self).reason == "requeue of the group reason attempts")
        }
    }

    @Test("letters without a subject are a group too, and only open ones are in any")
    func nullGroup() async throws {
        try await APIBench.run(patience: .zero) { bench in
            let id = try await bench.deadLetter(subject: nil)
            _ = try await bench.deadLetter()
            let body = #"{"group":null,"group_by":"key","reason":"r"}"#
            #expect(try await bench.post("/dead-letters/requeue", body).json["sent"] == .raw("1"))
            try await bench.owner.execute(
                "UPDATE tracking.dead_letters SET status = 'requeued' WHERE id = \(id.uuid)")
            #expect(try await bench.post("/dead-letters/requeue", body).json["sent"] == .raw("0"))
            let byCode = #"{"group":"dcl_1001","group_by":"provider_code"}"#
            #expect(try await bench.post("/dead-letters/requeue", byCode).json["matched"] == .raw("1"))
            let wrong = try await bench.post("/dead-letters/requeue", #"{"group":"x","group_by":"colour"}"#)
            #expect(wrong.status == 422 && wrong.json["field"] == "group_by")
            #expect(try await bench.post("/dead-letters/requeue", "{}").json["field"] == "group")
        }
    }
}
