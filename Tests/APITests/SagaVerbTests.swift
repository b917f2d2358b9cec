import Commerce
import Contracts
import Foundation
import Messaging
import ServiceKit
import Testing

@testable import API

@Suite("Verbs on a saga", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct SagaVerbTests {
    @Test("each verb is sent to the coordinator with its reason", arguments: OperateSaga.Verb.allCases)
    func sent(verb: OperateSaga.Verb) async throws {
        try await APIBench.run { bench in
            let saga = try await bench.insertSaga()
            let body = #"{"reason":"the item is back","name":"order.released","path":"2"}"#
            let answer = try await bench.post("/sagas/\(saga.id)/\(verb.rawValue)", body)
            #expect(answer.status == 202 && answer.json["pending_verb"] == .string(verb.rawValue))
            #expect(answer.json["id"] == .string("\(saga.id)") && answer.json["status"] == .string(saga.status))
            let sent = try #require(try await bench.sent().first)
            #expect(sent.routingKey == "saga-coordinator.interactive" && sent.envelope.attributes.actor == "person:ana")
            let command = try sent.envelope.data(OperateSaga.self)
            #expect(command.verb == verb && command.sagaID == saga.id && command.reason == "the item is back")
            let silent = try await bench.post(
                "/sagas/\(saga.id)/\(verb.rawValue)", #"{"reason":" ","path":"2","name":"x"}"#)
            #expect(silent.status == 422 && silent.json["field"] == "reason")
        }
    }

    @Test(
        "a refusal says what stands in the way, and what is possible or which member is wrong",
        arguments: [
            ("not_allowed", 409, nil), ("past_pivot", 409, nil), ("in_flight", 409, nil), ("outstanding", 409, nil),
            ("bad_result", 422, "result"), ("unknown_step", 422, "path"), ("bad_signal", 422, "data"),
            ("not_found", 404, nil),
        ] as [(String, Int, String?)])
    func refused(code: String, status: Int, field: String?) async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let saga = try await bench.insertSaga()
            let refusal = CommandReply.refused(Refusal(code: code, message: "No."))
            async let answered: Void = bench.answerNext(refusal, as: .sagaCoordinator)
            let answer = try await bench.post("/sagas/\(saga.id)/skip", #"{"reason":"r","path":"2","result":{"a":1}}"#)
            try await answered
            #expect(answer.status == status && answer.code == code && answer.json["field"]?.string == field)
            let allowed: JSON? = status == 409 ? ["pause", "skip", "signal", "fire-timer", "cancel", "terminate"] : nil
            #expect(answer.json["allowed"] == allowed)
        }
    }

    @Test("a verb without an answer is pending, and its repeat is told what became of it", arguments: [true, false])
    func answeredLater(isAccepted: Bool) async throws {
        try await APIBench.run { bench in
            let saga = try await bench.insertSaga()
            let (path, body) = ("/sagas/\(saga.id)/pause", #"{"reason":"r"}"#)
            #expect(try await bench.post(path, body, idempotencyKey: "k1").json["pending_verb"] == "pause")
            let refusal = Refusal(code: "not_allowed", message: "It has ended.")
            try await bench.answerNext(
                isAccepted ? .accepted(.emptyObject) : .refused(refusal), as: .sagaCoordinator)
            let repeated = try await bench.post(path, body, idempotencyKey: "k1")
            #expect(repeated.status == (isAccepted ? 202 : 409) && repeated.json["pending_verb"] == nil)
            #expect(Set(try await bench.sent().map(\.envelope.attributes.id)).count == 1)
        }
    }

    @Test("a skip carries the path, the result as it was written, and whether the undo is kept")
    func skip() async throws {
        try await APIBench.run { bench in
            let saga = try await bench.insertSaga()
            let body =
                #"{"reason":"r","path":"3/1/0","result":{"total":"1.10","n":12345678901234567},"keep_undo":true}"#
            #expect(try await bench.post("/sagas/\(saga.id)/skip", body).status == 202)
            let command = try #require(try await bench.sent().first).envelope.data(OperateSaga.self)
            #expect(command.path == "3/1/0" && command.keepUndo == true)
            #expect(command.result == #"{"n":12345678901234567,"total":"1.10"}"#)
            for verb in ["skip", "fire-timer"] {
                let pathless = try await bench.post("/sagas/\(saga.id)/\(verb)", #"{"reason":"r"}"#)
                #expect(pathless.status == 422 && pathless.json["field"] == "path")
            }
        }
    }

    @Test("a signal carries the event's name and data")
    func signal() async throws {
        try await APIBench.run { bench in
            let saga = try await bench.insertSaga()
            let body = #"{"reason":"r","name":"order.released","data":{"order_id":"ord_1","amount":1.10}}"#
            #expect(try await bench.post("/sagas/\(saga.id)/signal", body).status == 202)
            let command = try #require(try await bench.sent().first).envelope.data(OperateSaga.self)
            #expect(command.verb == .signal && command.signal?.name == "order.released")
            #expect(command.signal?.data == #"{"amount":1.1,"order_id":"ord_1"}"#)
            let nameless = try await bench.post("/sagas/\(saga.id)/signal", #"{"reason":"r"}"#)
            #expect(nameless.status == 422 && nameless.json["field"] == "name")
        }
    }

    @Test("who may only read sagas operates none, and a saga of another workspace is not there")
    func permission() async throws {
        try await APIBench.run { bench in
            let reader = KeySecret()
            try await bench.grant(reader, role: "read_only")
            let saga = try await bench.insertSaga()
            let foreign = try await bench.insertSaga(in: bench.otherWorkspaceID)
            let paths = OperateSaga.Verb.allCases.flatMap { verb in
                ["/sagas/\(saga.id)/\(verb.rawValue)", "/sagas/bulk/\(verb.rawValue)"]
            }
            for path in paths + ["/sagas/import"] {
                #expect(try await bench.post(path, "{}", key: reader).status == 403)
            }
            #expect(try await bench.post("/sagas/\(foreign.id)/pause", #"{"reason":"r"}"#).status == 404)
            #expect(try await bench.get("/sagas/\(foreign.id)/history").status == 404)
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("a saga says what is possible now, why it is stuck, and what each step is about")
    func facts() async throws {
        try await APIBench.run { bench in
            let saga = try await bench.insertSaga(
                .init(status: "stuck", stuckReason: "no_reply", attributes: #"{"shop":"mie"}"#, pivoted: true))
            let due = Date(timeIntervalSince1970: 1_770_000_600)
            try await bench.insertStep(
                .init(path: "0", kind: "attempt", status: "issued", trouble: "no_reply", dueAt: due), of: saga.id)
            let json = try await bench.get("/sagas/\(saga.id)").json
            #expect(json["allowed"] == ["pause", "retry", "skip", "signal", "fire-timer", "terminate"])
            #expect(
                json["stuck_reason"] == "no_reply" && json["attributes"] == ["shop": "mie"] && json["pivoted"] == true)
            #expect(json["error"]?["code"] == "no_reply" && json["as_of"]?.string != nil)
            let why = try #require(json["error"]?["message"]?.string)
            #expect(why.contains("not answered in time") && why.contains("'retry'"))
            #expect(why.hasSuffix("It is CreateSalesOrder at 0, of order-ingest."))
            let step = try #require(json["steps"]?.elements.first)
            #expect(step["trouble"] == "no_reply" && step["owner"] == "order-ingest" && step["lost"] == false)
            #expect(step["due_at"] == .string(WireJSON.text(due)) && step["seq"] == .null)
        }
    }
}
