import Commerce
import Contracts
import HTTPTypes
import Messaging
import Postgres
import Testing

@testable import API

@Suite("Idempotency-Key", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct IdempotencyTests {
    private let body = #"{"reason":"r"}"#

    @Test("a repeat gets the first answer and sends nothing again")
    func repeated() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let order = try await bench.insertOrder(.init(status: "received"))
            let path = "/orders/\(order.id)/hold"
            async let answered: Void = bench.answerNext(.accepted(.emptyObject), as: .orderIngest)
            let first = try await bench.post(path, body, idempotencyKey: "k1")
            try await answered
            let second = try await bench.post(path, body, idempotencyKey: "k1")
            #expect(first.status == 202 && second.status == 202 && first.json == second.json)
            #expect(second.headers.contains { $0.name.canonicalName == "idempotency-replayed" && $0.value == "true" })
            #expect(try await bench.sent().count == 1)
        }
    }

    @Test("a refusal is repeated as well, as a problem")
    func repeatedProblem() async throws {
        try await APIBench.run { bench in
            let path = "/orders/\(OrderID())/hold"
            let first = try await bench.post(path, body, idempotencyKey: "k1")
            let second = try await bench.post(path, body, idempotencyKey: "k1")
            #expect(first.status == 404 && second.status == 404)
            #expect(second.headers[.contentType] == "application/problem+json")
        }
    }

    @Test("the same key with another body is refused")
    func otherBody() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let order = try await bench.insertOrder(.init(status: "received"))
            let path = "/orders/\(order.id)/hold"
            async let answered: Void = bench.answerNext(.accepted(.emptyObject), as: .orderIngest)
            _ = try await bench.post(path, body, idempotencyKey: "k1")
            try await answered
            let other = try await bench.post(path, #"{"reason":"another"}"#, idempotencyKey: "k1")
            #expect(other.status == 422 && other.code == "idempotency_key_reused")
        }
    }

    @Test("while the first runs, a repeat is told so")
    func running() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let order = try await bench.insertOrder(.init(status: "received"))
            let path = "/orders/\(order.id)/hold"
            async let first = bench.post(path, body, idempotencyKey: "k1")
            try await bench.awaitCommand()
            let second = try await bench.post(path, body, idempotencyKey: "k1")
            #expect(second.status == 409 && second.code == "idempotency_key_running")
            try await bench.answerNext(.accepted(.emptyObject), as: .orderIngest)
            #expect(try await first.status == 202)
        }
    }

    @Test("a claim left by a process that died is taken over, and its command keeps its message id")
    func abandoned() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let order = try await bench.insertOrder(.init(status: "received"))
            let path = "/orders/\(order.id)/hold"
            async let answered: Void = bench.answerNext(.accepted(.emptyObject), as: .orderIngest)
            _ = try await bench.post(path, body, idempotencyKey: "k1")
            try await answered
            try await bench.owner.execute(
                """
                UPDATE api.idempotency_keys SET status = NULL, created_at = now() - interval '3 minutes'
                WHERE workspace_id = \(bench.workspaceID.uuid)
                """)
            #expect(try await bench.post(path, body, idempotencyKey: "k1").status == 202)
            #expect(Set(try await bench.sent().map(\.envelope.attributes.id)).count == 1)
        }
    }

    @Test("once a key is forgotten, the same request is still the same command, and another one is another")
    func forgotten() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder(.init(status: "received"))
            let path = "/orders/\(order.id)/hold"
            let requests: [(body: String, match: String?)] = [
                (body, nil), (body, nil), (#"{"reason":"s"}"#, nil), (body, #""1""#),
            ]
            for (body, match) in requests {
                let answer = try await bench.send(.post, path, body, idempotencyKey: "k1", ifMatch: match)
                #expect(answer.status == 503)
                try await bench.owner.execute(
                    "DELETE FROM api.idempotency_keys WHERE workspace_id = \(bench.workspaceID.uuid)")
            }
            let ids = try await bench.sent().map(\.envelope.attributes.id)
            #expect(ids.count == 4 && Set(ids).count == 3)
            #expect(ids[0] == ids[1])
        }
    }

    @Test("what nobody has answered is not kept: the repeat is told what became of the first")
    func answeredLater() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder(.init(status: "received"))
            let path = "/orders/\(order.id)/hold"
            #expect(try await bench.post(path, body, idempotencyKey: "k1").status == 503)
            let refusal = Refusal(code: "not_holdable", message: "It is at the warehouse.")
            try await bench.answerNext(.refused(refusal), as: .orderIngest)
            let second = try await bench.post(path, body, idempotencyKey: "k1")
            #expect(second.status == 409 && second.code == "not_holdable")
            #expect(Set(try await bench.sent().map(\.envelope.attributes.id)).count == 1)
        }
    }

    @Test("a start that nobody has answered is pending, and its repeat is told the saga's id")
    func startedLater() async throws {
        try await APIBench.run { bench in
            let body = #"{"name":"order-fulfillment","key":"k1"}"#
            let first = try await bench.post("/sagas", body, idempotencyKey: "k1")
            #expect(first.status == 202 && first.json["id"] == .null)
            let saga = try await bench.insertSaga(.init(key: "k1"))
            let reply = CommandReply.accepted(try RawJSON(encoding: StartSaga.Reply(id: saga.id, started: true)))
            try await bench.answerNext(reply, as: .sagaCoordinator)
            let second = try await bench.post("/sagas", body, idempotencyKey: "k1")
            #expect(second.status == 201 && second.json["id"] == .string("\(saga.id)"))
            #expect(Set(try await bench.sent().map(\.envelope.attributes.id)).count == 1)
            let third = try await bench.post("/sagas", body, idempotencyKey: "k1")
            #expect(third.status == 201 && third.json == second.json)
        }
    }

    @Test("an import that nobody has answered is pending, and its repeat is told why it is refused")
    func refusedLater() async throws {
        try await APIBench.run { bench in
            let body = #"{"history":{"saga":{"name":"n","key":"k"}},"reason":"r"}"#
            let first = try await bench.post("/sagas/import", body, idempotencyKey: "k1")
            #expect(first.status == 202 && first.json["status"] == "pending")
            let refusal = Refusal(code: "bad_history", message: "It has no steps.")
            try await bench.answerNext(.refused(refusal), as: .sagaCoordinator)
            let second = try await bench.post("/sagas/import", body, idempotencyKey: "k1")
            #expect(second.status == 422 && second.code == "bad_history")
        }
    }

    @Test("keys of two callers never meet")
    func perCaller() async throws {
        try await APIBench.run { bench in
            let first = try await bench.post("/orders/\(OrderID())/hold", body, idempotencyKey: "k1")
            let second = try await bench.post("/orders/\(OrderID())/hold", body, idempotencyKey: "k1")
            #expect(first.status == 404 && second.status == 404)
        }
    }

    @Test("a key that is no key is refused")
    func malformed() async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/sagas", "{}", idempotencyKey: "a b")
            #expect(answer.status == 422 && answer.json["field"] == "Idempotency-Key")
        }
    }
}
