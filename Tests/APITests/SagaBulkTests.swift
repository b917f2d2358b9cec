import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Testing

@testable import API

@Suite("Verbs on many sagas", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct SagaBulkTests {
    private let filter = #""filter":{"status":"stuck","attribute":["shop:mie"]}"#

    private func insert(_ count: Int, in bench: APIBench) async throws -> [SagaID] {
        var ids: [SagaID] = []
        for _ in 0..<count {
            let saga = APIBench.SagaFixture(status: "stuck", stuckReason: "no_reply", attributes: #"{"shop":"mie"}"#)
            ids.append(try await bench.insertSaga(saga).id)
        }
        try await bench.insertSaga(.init(attributes: #"{"shop":"mie"}"#))
        return ids
    }

    @Test("several statuses mean any of them")
    func statuses() async throws {
        try await APIBench.run { bench in
            _ = try await insert(2, in: bench)
            let filter = #""filter":{"status":["stuck","waiting"],"business_status":"dispatched"}"#
            let answer = try await bench.post("/sagas/bulk/retry", #"{"reason":"r",\#(filter)}"#)
            #expect(answer.json["matched"] == .raw("3"))
        }
    }

    @Test("without a number it is a preview, and nothing happens")
    func preview() async throws {
        try await APIBench.run { bench in
            let ids = try await insert(12, in: bench)
            let answer = try await bench.post("/sagas/bulk/retry", #"{"reason":"r",\#(filter)}"#)
            #expect(answer.status == 200 && answer.json["matched"] == .raw("12"))
            #expect(answer.json["sample"]?.elements == ids.sorted().prefix(10).map { .string($0.description) })
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("with the right number each gets a command of its own, and refusals are counted and told")
    func send() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let ids = try await insert(3, in: bench)
            async let answered: Void = bench.answer(3, as: .sagaCoordinator) { sent in
                let isFirst = try sent.envelope.data(OperateSaga.self).sagaID == ids[0]
                return isFirst ? .refused(Refusal(code: "not_allowed", message: "No.")) : .accepted(.emptyObject)
            }
            let answer = try await bench.post("/sagas/bulk/retry", #"{"reason":"back",\#(filter),"expected":3}"#)
            try await answered
            #expect(answer.status == 202 && answer.json["matched"] == .raw("3") && answer.json["sent"] == .raw("3"))
            #expect(answer.json["refused"] == .raw("1") && answer.json["accepted"] == .raw("2"))
            #expect(answer.json["refusals_untold"] == .raw("0"))
            let refusal = try #require(answer.json["refusals"]?.elements.first)
            #expect(refusal["id"] == .string(ids[0].description) && refusal["code"] == "not_allowed")
            let commands = try await bench.sent().map { try $0.envelope.data(OperateSaga.self) }
            #expect(Set(commands.map(\.sagaID)) == Set(ids) && commands.allSatisfy { $0.reason == "back" })
        }
    }

    @Test("another number than there are now is refused, and nothing happens")
    func changed() async throws {
        try await APIBench.run { bench in
            _ = try await insert(2, in: bench)
            let answer = try await bench.post("/sagas/bulk/cancel", #"{"reason":"r",\#(filter),"expected":3}"#)
            #expect(answer.status == 409 && answer.code == "count_changed" && answer.json["field"] == "expected")
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("pages go on where the one before ended, and leave alone what changed after the count")
    func pages() async throws {
        try await APIBench.run(patience: .zero) { bench in
            let ids = try await insert(3, in: bench).sorted()
            let first = try await bench.post("/sagas/bulk/pause", #"{"reason":"r",\#(filter),"expected":3,"limit":1}"#)
            #expect(first.json["sent"] == .raw("1") && first.json["pending"] == .raw("1"))
            let cursor = try #require(first.json["next_cursor"]?.string)
            try await bench.owner.execute(
                "UPDATE saga_coordinator.sagas SET updated_at = now() WHERE id = \(ids[1].uuid)")
            let rest = try await bench.post("/sagas/bulk/pause", #"{"reason":"r",\#(filter),"cursor":"\#(cursor)"}"#)
            #expect(rest.json["sent"] == .raw("1") && rest.json["next_cursor"] == .null)
            let commands = try await bench.sent().map { try $0.envelope.data(OperateSaga.self).sagaID }
            #expect(Set(commands) == [ids[0], ids[2]])
        }
    }

    @Test("more sagas than fit into one page all get their command")
    func manyPages() async throws {
        try await APIBench.run(patience: .zero) { bench in
            _ = try await insert(BulkSagaVerbs.pageSize + 5, in: bench)
            let count = BulkSagaVerbs.pageSize + 5
            let answer = try await bench.post("/sagas/bulk/pause", #"{"reason":"r",\#(filter),"expected":\#(count)}"#)
            #expect(answer.json["sent"] == .raw("\(count)") && answer.json["next_cursor"] == .null)
            #expect(try await bench.sent().count == count)
        }
    }

    @Test("a repeat under the same key sends nothing again")
    func idempotent() async throws {
        try await APIBench.run { bench in
            _ = try await insert(2, in: bench)
            let body = #"{"reason":"r",\#(filter),"expected":2}"#
            let first = try await bench.post("/sagas/bulk/retry", body, idempotencyKey: "k")
            let again = try await bench.post("/sagas/bulk/retry", body, idempotencyKey: "k")
            #expect(first.status == 202 && again.json == first.json)
            #expect(Set(try await bench.sent().map(\.envelope.attributes.id)).count == 2)
        }
    }

    @Test(
        "what could widen the selection, or does not fit the verb, is refused before anything is counted",
        arguments: [
            ("retry", #"{"reason":"r","filter":{}}"#, "filter"), ("retry", #"{"reason":"r"}"#, "filter"),
            ("retry", #"{"reason":"r","filter":[]}"#, "filter"),
            ("retry", #"{"reason":"r","filter":{"stauts":"stuck"}}"#, "filter.stauts"),
            ("retry", #"{"reason":"r","filter":{"status":""}}"#, "filter.status"),
            ("retry", #"{"reason":"r","filter":{"status":"sad"}}"#, "filter.status"),
            ("retry", #"{"reason":"r","filter":{"status":["stuck","sad"]}}"#, "filter.status"),
            ("retry", #"{"reason":"r","filter":{"name":["a","b"]}}"#, "filter.name"),
            ("retry", #"{"reason":"r","filter":{"attribute":["shop"]}}"#, "filter.attribute"),
            ("retry", #"{"reason":"","filter":{"status":"stuck"}}"#, "reason"),
            ("skip", #"{"reason":"r","filter":{"status":"stuck"}}"#, "path"),
            ("signal", #"{"reason":"r","filter":{"status":"waiting"}}"#, "name"),
            ("retry", #"{"reason":"r","filter":{"status":"stuck"},"expected":0,"limit":0}"#, "limit"),
        ])
    func wrong(verb: String, body: String, field: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/sagas/bulk/\(verb)", body)
            #expect(answer.status == 422 && answer.json["field"] == .string(field))
        }
    }
}
