import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Testing

@testable import API

@Suite("Sagas", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct SagaTests {
    @Test("a saga is shown with the steps of its run, in order, and what would undo them")
    func form() async throws {
        try await APIBench.run { bench in
            let saga = try await bench.insertSaga(.init(subject: "ord_1", run: 2))
            let undo =
                #"{"name":"CancelSalesOrder","owner":"order-ingest","request":"{}","status":"recorded","attempt":0}"#
            try await bench.insertStep(.init(path: "1", seq: 0, undo: undo, run: 1), of: saga.id)
            try await bench.insertStep(.init(path: "10", seq: 9, status: "issued", run: 2, tries: 2), of: saga.id)
            try await bench.insertStep(.init(path: "2", seq: 1, run: 2), of: saga.id)
            try await bench.insertStep(.init(path: "0", seq: 0, undo: undo, run: 2), of: saga.id)
            let json = try await bench.get("/sagas/\(saga.id)").json
            #expect(json["run"] == .raw("2") && json["status"] == "waiting" && json["business_status"] == "dispatched")
            #expect(json["waiting_on"]?["kind"] == "event" && json["waiting_on"]?["name"] == "shipment.shipped")
            #expect(json["input"] == ["order_id": "x"] && json["output"] == .null && json["error"] == .null)
            let steps = json["steps"]?.elements ?? []
            #expect(steps.map { $0["path"] } == ["0", "2", "10"])
            #expect(steps[0]["undo"]?["name"] == "CancelSalesOrder" && steps[0]["undo"]?["status"] == "recorded")
            #expect(steps[1]["undo"] == .null && steps[1]["result"] == ["id": "98431"])
            #expect(steps[2]["attempts"] == .raw("3"))
        }
    }

    @Test("of a step whose call is not simply done it is shown whether that may have been applied")
    func effects() async throws {
        try await APIBench.run { bench in
            let saga = try await bench.insertSaga(.init(run: 2))
            let undo = #"{"name":"Undo","owner":"order-ingest","request":"{}","status":"issued","attempt":1}"#
            try await bench.insertStep(.init(path: "0", seq: 0, undo: undo, run: 2), of: saga.id)
            try await bench.insertStep(.init(path: "1", seq: 1, status: "issued", run: 2), of: saga.id)
            try await bench.insertStep(.init(path: "2", status: "issued", run: 2), of: saga.id)
            let effects = [
                ("1/0/1", "unknown"), ("2/0/1", "done"), ("2/0/undo/1", "planned"), ("2/1/1", "unknown"),
            ]
            for (address, state) in effects { try await bench.insertEffect("\(saga.id)/\(address)", state) }
            let steps = try await bench.get("/sagas/\(saga.id)").json["steps"]?.elements ?? []
            #expect(steps.map { $0["effect"]?["state"] } == [nil, "unknown", nil])
            #expect(steps[0]["effect"] == .null && steps[0]["undo"]?["effect"]?["state"] == "planned")
            #expect(steps[1]["effect"]?["provider"] == "netsuite" && steps[1]["effect"]?["error"]?["code"] == "timeout")
            let former = try await bench.get("/sagas/\(saga.id)?run=1").json["steps"]?.elements
            #expect(former?.isEmpty == true)
            let listed = try await bench.get("/sagas").data.first?["steps"]?.elements.first
            #expect(listed?["path"] == "0" && listed?["effect"] == nil)
        }
    }

    @Test("of a message that was given up on the open letter is named with its step")
    func deadLetter() async throws {
        try await APIBench.run { bench in
            let saga = try await bench.insertSaga(.init(status: "stuck", stuckReason: "dead_letter"))
            try await bench.insertStep(
                .init(path: "0", status: "issued", trouble: "dead_letter"), of: saga.id)
            let letter = try await bench.deadLetter(service: "order-ingest")
            try await bench.owner.execute(
                "UPDATE order_ingest.dead_letters SET message_id = \("\(saga.id)/1/0/1") WHERE id = \(letter.uuid)")
            func shown() async throws -> JSON? {
                try await bench.get("/sagas/\(saga.id)").json["steps"]?.elements.first?["dead_letter_id"]
            }
            #expect(try await shown() == .string("\(letter)"))
            try await bench.owner.execute(
                "UPDATE order_ingest.dead_letters SET status = 'requeued' WHERE id = \(letter.uuid)")
            #expect(try await shown() == .null)
        }
    }

    @Test("an earlier run is shown by its steps, with the saga as it is now")
    func earlierRun() async throws {
        try await APIBench.run { bench in
            let saga = try await bench.insertSaga(.init(run: 2))
            try await bench.insertStep(.init(path: "1", name: "TagShopOrder", run: 1), of: saga.id)
            try await bench.insertStep(.init(path: "0", seq: 0, run: 1), of: saga.id)
            try await bench.insertStep(.init(path: "0", seq: 0, name: "DispatchToWarehouse", run: 2), of: saga.id)
            func names(_ query: String) async throws -> [JSON?] {
                let json = try await bench.get("/sagas/\(saga.id)\(query)").json
                #expect(json["run"] == .raw("2") && json["status"] == "waiting")
                return json["steps"]?.elements.map { $0["name"] } ?? []
            }
            #expect(try await names("?run=1") == ["CreateSalesOrder", "TagShopOrder"])
            #expect(try await names("?run=2") == ["DispatchToWarehouse"])
            #expect(try await names("") == ["DispatchToWarehouse"])
            for run in ["3", "0", "-1", "first", "99999999999999999999"] {
                let answer = try await bench.get("/sagas/\(saga.id)?run=\(run)")
                #expect(answer.status == 422 && answer.json["field"] == "run", "\(run)")
            }
        }
    }

    @Test("a saga tells which builds of the coordinator have carried it on")
    func builds() async throws {
        try await APIBench.run { bench in
            let one = try await bench.insertSaga(.init(buildID: "b2"))
            let json = try await bench.get("/sagas/\(one.id)").json
            #expect(json["build_id"] == "b2" && json["former_builds"]?.elements.isEmpty == true)
            let former = #"[{"build_id":"b1","version":4,"until":"2026-03-05T17:00:00.000Z"}]"#
            let two = try await bench.insertSaga(.init(buildID: "b2", formerBuilds: former))
            let builds = try await bench.get("/sagas/\(two.id)").json["former_builds"]?.elements ?? []
            #expect(builds.map { $0["build_id"] } == ["b1"] && builds.first?["version"] == .raw("4"))
            #expect(builds.first?["until"] == "2026-03-05T17:00:00.000Z")
        }
    }

    @Test("starting gives 201 for a new saga and 200 for one that exists", arguments: [(true, 201), (false, 200)])
    func start(isNew: Bool, status: Int) async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let saga = try await bench.insertSaga(.init(status: "completed", key: "k1"))
            let reply = CommandReply.accepted(try RawJSON(encoding: StartSaga.Reply(id: saga.id, started: isNew)))
            async let answered: Void = bench.answerNext(reply, as: .sagaCoordinator)
            let answer = try await bench.post(
                "/sagas?wait=PT5S", #"{"name":"order-fulfillment","key":"k1","input":{"a":"b"}}"#)
            try await answered
            #expect(answer.status == status && answer.json["id"] == .string(saga.id.description))
            let command = try #require(try await bench.sent().first).envelope.data(StartSaga.self)
            #expect(command.saga == "order-fulfillment" && command.key == "k1" && command.input == #"{"a":"b"}"#)
        }
    }

    @Test("a saga that is not started yet is pending")
    func pending() async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/sagas", #"{"name":"order-fulfillment","key":"k2"}"#)
            #expect(answer.status == 202 && answer.json["id"] == .null && answer.json["status"] == "pending")
        }
    }

    @Test(
        "a wrong start is refused with the field",
        arguments: [
            (#"{"key":"k"}"#, "name"), (#"{"name":"n","key":""}"#, "key"),
            (#"{"name":"n","key":"k","input":[]}"#, "input"),
        ])
    func wrongStart(body: String, field: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/sagas", body)
            #expect(answer.status == 422 && answer.json["field"] == .string(field))
        }
    }
}

extension APIBench {
    /// Of the last call for an attempt of a saga's command, as `order-ingest` would have written it.
    fileprivate func insertEffect(_ commandKey: String, _ state: String) async throws {
        let error = state == "done" ? nil : #"{"code":"timeout","message":"No answer in 60 s."}"#
        try await owner.execute(
            """
            INSERT INTO order_ingest.effects
                (workspace_id, key, provider, operation, state, attempt, calls, command_key, request, error)
            VALUES (\(workspaceID.uuid), \("effect-" + commandKey), 'netsuite', 'salesOrder.create', \(state), 1, 1,
                \(commandKey), '{}', \(error)::jsonb)
            """)
    }
}
