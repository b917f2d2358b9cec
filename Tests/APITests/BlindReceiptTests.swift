import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Testing

@testable import API

@Suite("Goods that no return awaited", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct BlindReceiptTests {
    @Test(
        "what may be done about them is read off their life cycle",
        arguments: [
            (.open, [.match, .openReturn, .dismiss]), (.matched, []), (.dismissed, [.match, .openReturn]),
        ]
            as [(BlindReceiptStatus, [BlindReceiptVerb])])
    func allowed(status: BlindReceiptStatus, verbs: [BlindReceiptVerb]) {
        #expect(BlindReceiptVerb.allowed(in: status) == verbs)
    }

    @Test("they are listed with the order that they lead to, in their workspace only")
    func list() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            let id = try await bench.insertBlindReceipt("R-404")
            try await bench.insertBlindReceipt("R-405", of: goods.id)
            let open = try await bench.get("/blind-receipts?status=open").data
            #expect(open.map { $0["id"] } == [.string("\(id)")])
            #expect(open[0]["goods"]?.elements.first?["sku"] == "MIE-ROBE-S" && open[0]["order_id"] == .null)
            #expect(try await bench.get("/blind-receipts?return_id=\(goods.id)").data.map { $0["number"] } == ["R-405"])
            #expect(try await bench.get("/blind-receipts").data.count == 2)
            let elsewhere = try await bench.get(
                "/blind-receipts", key: bench.otherKey, in: bench.otherWorkspaceID)
            #expect(elsewhere.status == 200 && elsewhere.data.isEmpty)
            let shown = try await bench.get(
                "/blind-receipts/\(id)", key: bench.otherKey, in: bench.otherWorkspaceID)
            #expect(shown.status == 404)
            #expect(try await bench.get("/blind-receipts?status=lost").json["field"] == "status")
        }
    }

    @Test("what a person says about them goes to its owner with the reason")
    func verbs() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let id = try await bench.insertBlindReceipt("R-404")
            let goods = ReturnID()
            async let answered: Void = bench.answerNext(.accepted(.emptyObject), as: .returns)
            let answer = try await bench.post(
                "/blind-receipts/\(id)/match", #"{"return_id":"\#(goods)","reason":"seen"}"#)
            try await answered
            #expect(answer.status == 202 && answer.json["id"] == .string("\(id)"))
            let command = try #require(try await bench.sent().first).envelope.data(MatchBlindReceipt.self)
            #expect(command.blindReceiptID == id && command.returnID == goods && command.reason == "seen")
            for (verb, body, field) in [
                ("match", #"{"reason":"seen"}"#, "return_id"),
                ("match", #"{"return_id":"ord_1","reason":"x"}"#, "return_id"),
                ("dismiss", #"{"reason":" "}"#, "reason"),
            ] {
                let wrong = try await bench.post("/blind-receipts/\(id)/\(verb)", body)
                #expect(wrong.status == 422 && wrong.json["field"] == .string(field))
            }
        }
    }

    @Test("a return that is opened for them is asked for as every other, with the reason beside it")
    func openReturn() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let id = try await bench.insertBlindReceipt("R-404")
            let order = OrderID()
            let reply = try RawJSON(encoding: CreateReturn.Reply(returnID: ReturnID()))
            async let answered: Void = bench.answerNext(.accepted(reply), as: .returns)
            let lines = #""lines":[{"sku":"ROBE","quantity":1,"reason":"wrong_size"}]"#
            let answer = try await bench.post(
                "/blind-receipts/\(id)/open-return", #"{"order_id":"\#(order)",\#(lines),"reason":"seen"}"#)
            try await answered
            #expect(answer.status == 202 && answer.json["id"] == .string("\(id)"))
            let command = try #require(try await bench.sent().first).envelope.data(OpenBlindReturn.self)
            #expect(command.blindReceiptID == id && command.channel == .api && command.reason == "seen")
            let asked = ReturnRequest(
                orderID: "\(order)", lines: [.init(sku: "ROBE", quantity: 1, reason: "wrong_size")])
            #expect(command.request == asked)
            for (body, field) in [(#"{\#(lines)}"#, "reason"), (#"{"reason":"seen"}"#, "lines")] {
                let wrong = try await bench.post("/blind-receipts/\(id)/open-return", body)
                #expect(wrong.status == 422 && wrong.json["field"] == .string(field))
            }
        }
    }

    @Test(
        "what the owner has not answered is not said to be taken", arguments: ["match", "dismiss", "open-return"])
    func silent(verb: String) async throws {
        try await APIBench.run { bench in
            let id = try await bench.insertBlindReceipt("R-404")
            let body = #"{"return_id":"\#(ReturnID())","lines":[],"reason":"seen"}"#
            let answer = try await bench.post("/blind-receipts/\(id)/\(verb)", body)
            #expect(answer.status == 503 && answer.code == "unavailable")
            #expect(try await bench.sent().count == 1)
        }
    }
}

extension APIBench {
    /// One robe under the warehouse's number; matched where a return is named.
    @discardableResult
    fileprivate func insertBlindReceipt(_ number: String, of returnID: ReturnID? = nil) async throws -> BlindReceiptID {
        let id = BlindReceiptID()
        let goods = #"[{"sku":"MIE-ROBE-S","quantity":1,"condition":null}]"#
        let status: BlindReceiptStatus = returnID == nil ? .open : .matched
        try await owner.execute(
            """
            INSERT INTO returns.blind_receipts (id, workspace_id, status, kind, number, goods, return_id, created_at,
                updated_at)
            VALUES (\(id.uuid), \(workspaceID.uuid), \(status.rawValue), 'unknown', \(number), \(JSONB(text: goods)),
                \(returnID?.uuid), now(), now())
            """)
        return id
    }
}
