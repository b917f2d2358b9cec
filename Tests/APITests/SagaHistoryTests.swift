import Commerce
import Contracts
import Foundation
import HTTPTypes
import Messaging
import Sagas
import Testing

@testable import API

@Suite("Histories of sagas", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct SagaHistoryTests {
    private let undo = """
        {"name":"CancelSalesOrder","owner":"order-ingest","request":"{\\"id\\":\\"1\\"}","replyWithinMilliseconds":1000,
         "status":"recorded","attempt":0}
        """

    @Test("a history is what the engine reads: the run's steps in the order of the code, and its mail")
    func export() async throws {
        try await APIBench.run { bench in
            let saga = try await bench.insertSaga(.init(key: "k1", run: 2, attributes: #"{"shop":"mie"}"#))
            try await bench.insertStep(.init(path: "10", seq: nil, kind: "wait", status: "issued", run: 2), of: saga.id)
            try await bench.insertStep(.init(path: "2/1/0", seq: 1, run: 2), of: saga.id)
            try await bench.insertStep(.init(path: "0", seq: 0, undo: undo, run: 2, eventID: 7), of: saga.id)
            try await bench.insertStep(.init(path: "0", seq: 0, run: 1), of: saga.id)
            for (type, run) in [("order.held", 1), ("order.released", 2), ("shipment.shipped", nil)] as [(String, Int?)]
            {
                try await bench.insertMail(type, key: "k1", consumedRun: run)
            }
            let answer = try await bench.get("/sagas/\(saga.id)/history")
            #expect(answer.status == 200)
            let history = try RawJSON(text: answer.json.text).decode(SagaHistory.self)
            #expect(history.format == 1 && history.saga.key == "k1" && history.saga.run == 2)
            #expect(history.saga.attributes == ["shop": "mie"] && history.saga.input == #"{"order_id":"x"}"#)
            #expect(history.steps.map(\.path) == ["0", "2/1/0", "10"])
            let step = history.steps[0]
            #expect(step.undo?.name == "CancelSalesOrder" && step.undo?.request == #"{"id":"1"}"#)
            #expect(
                step.result == #"{"id":"98431"}"# && step.replyWithinMilliseconds == 3_600_000 && step.eventID == 7)
            #expect(history.mail.map(\.type) == ["order.released", "shipment.shipped"])
            #expect(history.mail[0].consumedPath == "2" && history.mail[1].consumedRun == nil)
        }
    }

    @Test("an exported history goes to the coordinator as it is, and the saga made of it is answered")
    func importing() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let saga = try await bench.insertSaga(.init(status: "paused", key: "k1"))
            let history = try await bench.get("/sagas/\(saga.id)/history").json.text
            let reply = CommandReply.accepted(try RawJSON(encoding: ImportSaga.Reply(id: saga.id)))
            async let answered: Void = bench.answerNext(reply, as: .sagaCoordinator)
            let answer = try await bench.post("/sagas/import", #"{"history":\#(history),"reason":"moved"}"#)
            try await answered
            #expect(answer.status == 201 && answer.json["status"] == "paused")
            #expect(answer.headers[.location]?.hasSuffix("/sagas/\(saga.id)") == true)
            let command = try #require(try await bench.sent().first).envelope.data(ImportSaga.self)
            let read = try RawJSON(text: command.history).decode(SagaHistory.self)
            #expect(read.saga.key == "k1" && read.saga.input == #"{"order_id":"x"}"# && command.reason == "moved")
        }
    }

    @Test(
        "what the coordinator does not import is told with the reason",
        arguments: [("exists", 409, nil), ("bad_history", 422, "history")] as [(String, Int, String?)])
    func refused(code: String, status: Int, field: String?) async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let refusal = CommandReply.refused(Refusal(code: code, message: "No."))
            async let answered: Void = bench.answerNext(refusal, as: .sagaCoordinator)
            let body = #"{"history":{"saga":{"name":"n","key":"k"}},"reason":"r"}"#
            let answer = try await bench.post("/sagas/import", body)
            try await answered
            #expect(answer.status == status && answer.code == code && answer.json["field"]?.string == field)
        }
    }

    @Test("what is no history is refused at once", arguments: [#"{"reason":"r","history":{}}"#, #"{"reason":"r"}"#])
    func noHistory(body: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/sagas/import", body)
            #expect(answer.status == 422 && answer.json["field"] == "history")
            #expect(try await bench.sent().isEmpty)
        }
    }
}
