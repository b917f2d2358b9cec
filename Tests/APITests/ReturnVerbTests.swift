import Commerce
import Contracts
import HTTPTypes
import Messaging
import Postgres
import ServiceKit
import Testing

@testable import API

@Suite("Verbs on a return", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct ReturnVerbTests {
    @Test(
        "the verbs of a return follow its life cycle",
        arguments: [
            (.requested, ["cancel"]), (.inReview, ["approve", "reject", "receive", "inspect", "cancel"]),
            (.labelSent, ["receive", "cancel"]), (.received, ["receive", "inspect"]), (.inspected, ["inspect"]),
            (.refundPending, []),
            (.closed, ["reopen"]), (.rejected, ["reopen"]), (.cancelled, ["reopen"]), (.expired, ["reopen"]),
        ] as [(ReturnStatus, [String])])
    func allowed(status: ReturnStatus, verbs: [String]) {
        #expect(ReturnVerb.allowed(in: status).map(\.rawValue) == verbs)
    }

    @Test("another label is to be had while nobody has seen the parcel", arguments: ReturnStatus.allCases)
    func reissuable(status: ReturnStatus) {
        let allowed = ReturnVerb.allowed(in: status, hasLabel: true)
        #expect(allowed.contains(.reissueLabel) == (status == .labelSent))
        #expect(!ReturnVerb.allowed(in: status, goodsAreHere: true, hasLabel: true).contains(.reissueLabel))
    }

    @Test("what a person decides goes to its owner with the reason", arguments: DecideReturn.Verb.allCases)
    func decide(verb: DecideReturn.Verb) async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn(.init(status: .inReview))
            async let answered: Void = bench.answerNext(.accepted(.emptyObject), as: .returns)
            let answer = try await bench.post("/returns/\(goods.id)/\(verb.rawValue)", #"{"reason":"seen"}"#)
            try await answered
            #expect(answer.status == 202 && answer.json["id"] == .string("\(goods.id)") && answer.headers[.eTag] != nil)
            let sent = try #require(try await bench.sent().first)
            #expect(sent.routingKey == "returns.interactive" && sent.envelope.attributes.subject == "\(goods.id)")
            let command = try sent.envelope.data(DecideReturn.self)
            #expect(command.verb == verb && command.reason == "seen" && command.returnID == goods.id)
            let silent = try await bench.post("/returns/\(goods.id)/\(verb.rawValue)", "{}")
            #expect(silent.status == 422 && silent.json["field"] == "reason")
        }
    }

    @Test("what the customer is told goes with a rejection, beside the reason; nothing said is nothing")
    func message() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn(.init(status: .inReview))
            async let answered: Void = bench.answerNext(.accepted(.emptyObject), as: .returns)
            let answer = try await bench.post(
                "/returns/\(goods.id)/reject", #"{"reason":"suspected fraud","message":"It was worn."}"#)
            try await answered
            #expect(answer.status == 202)
            let command = try #require(try await bench.sent().first).envelope.data(DecideReturn.self)
            #expect(command.reason == "suspected fraud" && command.message == "It was worn.")
            let long = String(repeating: "x", count: 2001)
            let refused = try await bench.post(
                "/returns/\(goods.id)/reject", #"{"reason":"r","message":"\#(long)"}"#)
            #expect(refused.status == 422 && refused.json["field"] == "message")
            #expect(try CustomerMessage.checked(" \n") == nil)
        }
    }

    @Test("an owner's refusal becomes 409 with what is possible instead")
    func refused() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn()
            let refusal = CommandReply.refused(Refusal(code: "not_allowed", message: "It is on its way."))
            async let answered: Void = bench.answerNext(refusal, as: .returns)
            let answer = try await bench.post("/returns/\(goods.id)/approve", #"{"reason":"r"}"#)
            try await answered
            #expect(answer.status == 409 && answer.json["allowed"] == ["receive", "cancel", "reissue-label"])
            #expect(answer.json["detail"] == "It is on its way.")
        }
    }

    @Test("goods without a grade are named as such, with the verb that gives one")
    func ungraded() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn(.init(status: .inReview))
            let refusal = CommandReply.refused(Refusal(code: "not_inspected", message: "Grade them first."))
            async let answered: Void = bench.answerNext(refusal, as: .returns)
            let answer = try await bench.post("/returns/\(goods.id)/approve", #"{"reason":"r"}"#)
            try await answered
            #expect(answer.status == 409 && answer.code == "not_inspected")
            #expect(answer.json["allowed"] == ["reject", "receive", "inspect", "cancel"])
        }
    }

    @Test("cancelling and reopening are done to its saga")
    func saga() async throws {
        try await APIBench.run { bench in
            let sent = try await bench.insertReturn()
            let ended = try await bench.insertReturn(.init(status: .expired))
            for (goods, verb) in [(sent, "cancel"), (ended, "reopen")] {
                let answer = try await bench.post("/returns/\(goods.id)/\(verb)", #"{"reason":"asked for"}"#)
                #expect(answer.status == 503 && answer.code == "unavailable", "nobody answers here")
            }
            let commands = try await bench.sent().map { try $0.envelope.data(OperateSaga.self) }
            #expect(commands.map(\.verb) == [.cancel, .restart])
            #expect(commands.map(\.sagaID) == [sent.sagaID, ended.sagaID])
            #expect(try await bench.sent().allSatisfy { $0.routingKey == "saga-coordinator.interactive" })
        }
    }

    @Test("another label is asked for in the place of the one that the customer has")
    func reissue() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn()
            let reply = try RawJSON(encoding: ReissueReturnLabel.Reply(labelID: "se-2", trackingNumber: "9401"))
            async let answered: Void = bench.answerNext(.accepted(reply), as: .returns)
            let answer = try await bench.post("/returns/\(goods.id)/reissue-label", #"{"reason":"lost"}"#)
            try await answered
            #expect(answer.status == 202 && answer.json["id"] == .string("\(goods.id)"))
            let sent = try #require(try await bench.sent().first)
            #expect(sent.routingKey == "returns.interactive" && sent.envelope.attributes.subject == "\(goods.id)")
            let command = try sent.envelope.data(ReissueReturnLabel.self)
            #expect(command.returnID == goods.id && command.labelID == "se-1" && command.reason == "lost")
            let silent = try await bench.post("/returns/\(goods.id)/reissue-label", "{}")
            #expect(silent.status == 422 && silent.json["field"] == "reason")
        }
    }

    @Test("a label that came too late is 409, as is one for a parcel that travels on a label of the customer's own")
    func reissuedTooLate() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn()
            let reply = try RawJSON(encoding: ReissueReturnLabel.Reply(labelID: nil, trackingNumber: nil))
            async let answered: Void = bench.answerNext(.accepted(reply), as: .returns)
            let answer = try await bench.post("/returns/\(goods.id)/reissue-label", #"{"reason":"lost"}"#)
            try await answered
            #expect(answer.status == 409 && answer.code == "not_allowed")
            #expect(answer.json["allowed"] == ["receive", "cancel"])
            try await bench.owner.execute("UPDATE returns.returns SET label = NULL WHERE id = \(goods.id.uuid)")
            let bare = try await bench.post("/returns/\(goods.id)/reissue-label", #"{"reason":"lost"}"#)
            #expect(bare.status == 409 && bare.json["allowed"] == ["receive", "cancel"])
            #expect(bare.json["detail"]?.string?.contains("no label") == true)
            #expect(try await bench.sent().count == 1)
        }
    }

    @Test("one request under one key asks for one label, however often it is made")
    func reissuedOnce() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            var statuses: [Int] = []
            for _ in 1...2 {
                let answer = try await bench.post(
                    "/returns/\(goods.id)/reissue-label", #"{"reason":"lost"}"#, idempotencyKey: "once")
                statuses.append(answer.status)
                #expect(answer.json["detail"]?.string?.contains("may be making it just now") == true)
            }
            #expect(statuses == [503, 503], "nobody answers here")
            #expect(Set(try await bench.sent().map(\.envelope.attributes.id)).count == 1)
        }
    }

    @Test("what was closed is taken up by its owner, whose refusal says what to do instead")
    func closed() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn(.init(status: .closed))
            let refusal = CommandReply.refused(Refusal(code: "not_allowed", message: "Its goods are made good."))
            async let answered: Void = bench.answerNext(refusal, as: .returns)
            let answer = try await bench.post("/returns/\(goods.id)/reopen", #"{"reason":"graded by mistake"}"#)
            try await answered
            #expect(answer.status == 409 && answer.code == "not_allowed" && answer.json["allowed"] == [])
            let command = try #require(try await bench.sent().first).envelope.data(ReopenReturn.self)
            #expect(command.returnID == goods.id && command.reason == "graded by mistake")
        }
    }

    @Test("what was rejected is taken up by its owner where its saga has ended well, and else by its saga")
    func rejected() async throws {
        try await APIBench.run { bench in
            for status in ["completed", "compensated"] {
                let goods = try await bench.insertReturn(.init(status: .rejected))
                let id = try #require(goods.sagaID)
                try await bench.insertSaga(.init(id: id, name: "return", status: status, key: "\(goods.id)"))
                let answer = try await bench.post("/returns/\(goods.id)/reopen", #"{"reason":"paid after all"}"#)
                #expect(answer.status == 503, "\(answer.json)")
            }
            let sent = try await bench.sent().map { $0.envelope.attributes.type }
            #expect(sent == [ReopenReturn.name, OperateSaga.name])
        }
    }

    @Test("a return past its pivot is not cancelled, as its saga says")
    func pastPivot() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn(.init(status: .inReview))
            let refusal = CommandReply.refused(Refusal(code: "past_pivot", message: "Its goods are here."))
            async let answered: Void = bench.answerNext(refusal, as: .sagaCoordinator)
            let answer = try await bench.post("/returns/\(goods.id)/cancel", #"{"reason":"r"}"#)
            try await answered
            #expect(answer.status == 409 && answer.code == "past_pivot")
            #expect(answer.json["allowed"] == ["approve", "reject", "receive", "inspect"])
        }
    }

    @Test(
        "what the life cycle does not permit is refused at once",
        arguments: [
            (.received, "cancel", ["receive", "inspect"]),
            (.labelSent, "reopen", ["receive", "cancel", "reissue-label"]),
            (.inTransit, "reissue-label", ["receive", "cancel"]), (.received, "reissue-label", ["receive", "inspect"]),
            (.closed, "cancel", ["reopen"]), (.refunded, "cancel", []),
        ] as [(ReturnStatus, String, [String])])
    func notAllowed(status: ReturnStatus, verb: String, allowed: [String]) async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn(.init(status: status))
            let answer = try await bench.post("/returns/\(goods.id)/\(verb)", #"{"reason":"r"}"#)
            #expect(answer.status == 409 && answer.code == "not_allowed")
            #expect(answer.json["allowed"] == .strings(allowed))
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("once its goods are here a return is not cancelled any more, also in review")
    func goodsAreHere() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn(.init(status: .inReview))
            try await bench.owner.execute(
                "UPDATE returns.returns SET received_at = now() WHERE id = \(goods.id.uuid)")
            let answer = try await bench.post("/returns/\(goods.id)/cancel", #"{"reason":"r"}"#)
            #expect(answer.status == 409 && answer.code == "not_allowed")
            #expect(answer.json["allowed"] == ["approve", "reject", "receive", "inspect"])
            #expect(answer.json["detail"]?.string?.contains("goods are here") == true)
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("a return without a saga cannot be cancelled yet")
    func withoutSaga() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn(.init(status: .requested, sagaID: nil))
            let answer = try await bench.post("/returns/\(goods.id)/cancel", #"{"reason":"r"}"#)
            #expect(answer.status == 409 && answer.code == "not_allowed" && answer.json["allowed"] == [])
        }
    }

    @Test("what came in is told line by line; extras by their SKU")
    func receive() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            let body = """
                {"lines":[{"line_id":"l2","quantity":1},{"sku":"MIE-ROBE-S","quantity":1,"state":"damaged"},
                 {"sku":"MUG","quantity":3,"state":"extra"},{"line_id":"l2","quantity":1,"state":"extra"}]}
                """
            #expect(try await bench.post("/returns/\(goods.id)/receive", body).status == 503)
            let command = try #require(try await bench.sent().first).envelope.data(ReceiveReturn.self)
            #expect(
                command.lines == [
                    .init(lineID: "l2", quantity: 1), .init(lineID: "l2", quantity: 1, state: .damaged),
                    .init(lineID: nil, sku: "MUG", quantity: 3, state: .extra),
                    .init(lineID: nil, sku: "MIE-ROBE-S", quantity: 1, state: .extra),
                ])
        }
    }

    @Test("what an inspection found is told line by line")
    func inspect() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn(.init(status: .received))
            let body = """
                {"lines":[{"line_id":"l2","quantity":1,"grade":"A","matched":true},
                 {"sku":"MIE-ROBE-S","quantity":1,"grade":"poor"}]}
                """
            #expect(try await bench.post("/returns/\(goods.id)/inspect", body).status == 503)
            let command = try #require(try await bench.sent().first).envelope.data(InspectReturn.self)
            #expect(
                command.lines == [
                    .init(lineID: "l2", quantity: 1, grade: "A", matched: true),
                    .init(lineID: "l2", quantity: 1, grade: "poor", matched: nil),
                ])
        }
    }

    @Test("answers to a checklist go to its owner with their notes, and photos beside them; a grade is not needed")
    func checklist() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn(.init(status: .received))
            let body = """
                {"lines":[{"line_id":"l2","quantity":2,"checklist":{"tags":true,"seam":{"passed":false,"note":"torn"}},
                  "photos":["https://example.com/1.jpg"]}]}
                """
            #expect(try await bench.post("/returns/\(goods.id)/inspect", body).status == 503)
            let command = try #require(try await bench.sent().first).envelope.data(InspectReturn.self)
            #expect(
                command.lines == [
                    .init(
                        lineID: "l2", quantity: 2, grade: nil, matched: nil,
                        checklist: ["tags": .init(true), "seam": .init(false, note: "torn")],
                        photos: ["https://example.com/1.jpg"])
                ])
        }
    }

    @Test("an owner's word on a checklist is 422 with its field")
    func incomplete() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn(.init(status: .received))
            let refusal = Refusal(
                code: "checklist_incomplete", message: "The checklist has no answer to 'tags'.",
                field: "lines.0.checklist")
            async let answered: Void = bench.answerNext(.refused(refusal), as: .returns)
            let answer = try await bench.post(
                "/returns/\(goods.id)/inspect", #"{"lines":[{"line_id":"l2","quantity":1,"grade":"A"}]}"#)
            try await answered
            #expect(answer.status == 422 && answer.code == "checklist_incomplete")
            #expect(answer.json["field"] == "lines.0.checklist")
        }
    }

    @Test("what is wrong with goods at the dock is named")
    func wrongGoods() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            let wrong: [(verb: String, body: String, field: String)] = [
                ("receive", #"{"lines":[]}"#, "lines"), ("inspect", "{}", "lines"),
                ("receive", #"{"lines":[{"line_id":"l2","quantity":0}]}"#, "lines.0.quantity"),
                ("inspect", #"{"lines":[{"line_id":"l2","quantity":-1,"grade":"A"}]}"#, "lines.0.quantity"),
                ("receive", #"{"lines":[{"sku":"MUG","quantity":2147483648,"state":"extra"}]}"#, "lines.0.quantity"),
                ("inspect", #"{"lines":[{"line_id":"l2","quantity":1001,"grade":"A"}]}"#, "lines.0.quantity"),
                ("receive", #"{"lines":[{"quantity":1}]}"#, "lines.0.line_id"),
                ("receive", #"{"lines":[{"line_id":"l2","quantity":1,"state":"eaten"}]}"#, "lines.0.state"),
                ("receive", #"{"lines":[{"sku":"MUG","quantity":1}]}"#, "lines.0.sku"),
                ("receive", #"{"lines":[{"quantity":1,"state":"extra"}]}"#, "lines.0.sku"),
                ("receive", #"{"lines":[{"line_id":"l9","quantity":1,"state":"extra"}]}"#, "lines.0.line_id"),
                ("inspect", #"{"lines":[{"line_id":"l2","quantity":1}]}"#, "lines.0.grade"),
                ("inspect", #"{"lines":[{"line_id":"l2","quantity":1,"grade":"E"}]}"#, "lines.0.grade"),
                ("inspect", #"{"lines":[{"line_id":"l2","quantity":1,"checklist":{}}]}"#, "lines.0.grade"),
                (
                    "inspect", #"{"lines":[{"line_id":"l2","quantity":1,"checklist":{"tags":"yes"}}]}"#,
                    "lines.0.checklist.tags"
                ),
            ]
            for (verb, body, field) in wrong {
                let answer = try await bench.post("/returns/\(goods.id)/\(verb)", body)
                #expect(answer.status == 422 && answer.json["field"] == .string(field), "\(body): \(answer.json)")
            }
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("who may only read returns changes none, and a return of another workspace is not there")
    func permission() async throws {
        try await APIBench.run { bench in
            let reader = KeySecret()
            try await bench.grant(reader, role: "read_only")
            let agent = KeySecret()
            try await bench.grant(agent, role: "agent")
            let goods = try await bench.insertReturn()
            let foreign = try await bench.insertReturn(in: bench.otherWorkspaceID)
            #expect(try await bench.get("/returns/\(goods.id)", key: reader).status == 200)
            #expect(try await bench.post("/returns", "{}", key: reader).status == 403)
            #expect(try await bench.post("/returns", "{}", key: agent).status == 422)
            let dock = #"{"reason":"r","lines":[{"line_id":"l2","quantity":1,"grade":"A"}]}"#
            for verb in ReturnVerb.allCases.map(\.rawValue) {
                #expect(try await bench.post("/returns/\(goods.id)/\(verb)", dock, key: reader).status == 403)
                #expect(try await bench.post("/returns/\(foreign.id)/\(verb)", dock).status == 404)
            }
            #expect(try await bench.sent().isEmpty)
        }
    }
}
