import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing
import Views

@testable import Returns

@Suite("Returned goods for the shop's stock", .enabled(if: ReturnsBench.isThere))
struct RestockTests {
    private typealias Handler = RestockReturnHandler

    private struct Planned: Sendable {
        let key: String
        let request: Handler.Request
    }

    /// What is to be done; nil for nothing.
    private func plan(_ id: ReturnID, _ bench: ReturnsBench) async throws -> Planned? {
        try await bench.handle { transaction in
            let handler = Handler(accounts: .onlyShopify(StubHTTP([:])))
            switch try await handler.plan(RestockReturn(returnID: id), in: transaction) {
            case .effect(let key, let request): return Planned(key: key, request: request)
            case .read, .reply: return nil
            }
        }
    }

    private func settle(
        _ outcome: Handler.Outcome, of id: ReturnID, _ bench: ReturnsBench
    ) async throws -> (restocked: Int?, sent: [Envelope]) {
        let request = try #require(try await plan(id, bench)).request
        let (reply, sent) = try await bench.handleAndSend { transaction in
            try await Handler(accounts: .onlyShopify(StubHTTP([:]))).settle(
                outcome, of: request, for: RestockReturn(returnID: id), in: transaction)
        }
        return (reply.restocked, sent)
    }

    /// As its effect is kept once it was begun, and with an outcome, once it is done.
    private func keep(_ planned: Planned, _ outcome: Handler.Outcome?, _ bench: ReturnsBench) async throws {
        let request = try JSONB(encoding: planned.request)
        let outcome = try outcome.map { try JSONB(encoding: $0) }
        let state = outcome == nil ? "unknown" : "done"
        let workspace = bench.workspaceID.uuid
        try await bench.handle {
            try await $0.database.execute(
                """
                INSERT INTO effects (workspace_id, key, provider, operation, request, outcome, state)
                VALUES (\(workspace), \(planned.key), 'shopify', 'inventory.adjust', \(request), \(outcome), \(state))
                """)
        }
    }

    /// Looked at again, both robes.
    private func regrade(_ id: ReturnID, as grade: String, _ bench: ReturnsBench) async throws -> [Envelope] {
        let line = InspectReturn.Line(lineID: "1", quantity: 2, grade: grade, matched: true)
        return try await bench.handleAndSend {
            _ = try await InspectReturnHandler().handle(InspectReturn(returnID: id, lines: [line]), in: $0)
        }.sent
    }

    /// Two robes have come in, one of them worn out, and the money has gone back.
    private func refunded(_ bench: ReturnsBench) async throws -> ReturnID {
        try await bench.deliverOrder()
        let id = try await bench.sendLabel(2)
        try await bench.receive(id, 2)
        try await bench.inspect(id, 2, grade: "A", matched: true)
        _ = try await bench.assess(id)
        let refund = try #require(try await bench.refund(id).refundID)
        let early = await #expect(throws: Refusal.self) { try await plan(id, bench) }
        #expect(early?.code == "refund_not_succeeded")
        _ = try await bench.settle(refund, as: .succeeded)
        try await bench.handle {
            try await $0.database.execute(
                "UPDATE return_units SET grade = 'D' WHERE return_id = \(id.uuid) AND unit = 2")
        }
        return id
    }

    @Test("are what is sold again, once the money has gone back, and go by one name in all lives of the return")
    func sellable() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refunded(bench)
            for _ in 0..<2 {
                let planned = try #require(try await plan(id, bench))
                let robe = Handler.Line(id: "1", sku: "ROBE", quantity: 1)
                #expect(planned.key == "inventory.adjust:\(id)")
                #expect(planned.request == .init(shopOrder: "77", returnID: id, lines: [robe]))
                try await bench.handle {
                    try await $0.database.execute("UPDATE returns SET generation = 2 WHERE id = \(id.uuid)")
                }
            }
        }
    }

    @Test("are looked for by people where it is not known whether they were added")
    func unknown() async throws {
        for outcome in [Handler.Outcome.adjusted(.init(id: "7", units: 1, left: [])), .unknown] {
            try await ReturnsBench.run { bench in
                let id = try await refunded(bench)
                let (restocked, sent) = try await settle(outcome, of: id, bench)
                #expect(restocked == (outcome == .unknown ? nil : 1))
                #expect(sent.types.contains(SendSlackAlert.name) == (outcome == .unknown))
            }
        }
    }

    @Test("that a call may be adding are followed to its end, though the money has failed meanwhile")
    func underWay() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refunded(bench)
            let refund = try #require(try await bench.record(id).refund?.id)
            let planned = try #require(try await plan(id, bench))
            try await keep(planned, nil, bench)
            _ = try await bench.settle(refund, as: .failed)
            try await bench.inspect(id, 2, grade: "D", matched: true)
            #expect(try await plan(id, bench)?.request == planned.request)
            let (restocked, sent) = try await settle(.adjusted(.init(id: "7", units: 1, left: [])), of: id, bench)
            #expect(restocked == 1 && sent.types.contains(RestockReturn.name))
        }
    }

    private func robes(_ quantity: Int) -> [Handler.Line] { [.init(id: "1", sku: "ROBE", quantity: quantity)] }

    @Test("that were added and are graded down leave it once; graded up, they are added once their money is through")
    func gradedAnew() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refunded(bench)
            let refund = try #require(try await bench.record(id).refund?.id)
            try await keep(
                try #require(try await plan(id, bench)),
                .adjusted(.init(id: "7", units: 1, left: [], location: "9")), bench)
            #expect(try await plan(id, bench) == nil)
            _ = try await bench.settle(refund, as: .failed)
            #expect(try await regrade(id, as: "D", bench).types.contains(RestockReturn.name))
            let out = try #require(try await plan(id, bench))
            #expect(out.key == "inventory.adjust:\(id)/2" && out.request.lines == robes(-1))
            #expect(out.request.location == "9" && out.request.mark == "\(id)/2" && out.request.byHand == nil)
            let (restocked, _) = try await settle(
                .adjusted(.init(id: "8", units: -1, left: [], location: "9")), of: id, bench)
            #expect(restocked == nil)
            try await keep(out, .adjusted(.init(id: "8", units: -1, left: [], location: "9")), bench)
            #expect(try await plan(id, bench) == nil)
            #expect(try await bench.record(id).timeline?.contains { $0.type == "return.restock_corrected" } == true)
            #expect(try await regrade(id, as: "A", bench).types.contains(RestockReturn.name))
            #expect(try await plan(id, bench) == nil)
            _ = try await bench.settle(refund, as: .succeeded)
            let again = try #require(try await plan(id, bench))
            #expect(again.key == "inventory.adjust:\(id)/3" && again.request.lines == robes(2))
        }
    }

    @Test("that people were asked to put into stock are for them to take out; an older build's outcome counts as ours")
    func byHand() async throws {
        let refusal = Refusal(code: "invalid_location", message: "No.")
        for outcome in [Handler.Outcome.refused(refusal), .restocked(id: "7", units: 1, left: [])] {
            try await ReturnsBench.run { bench in
                let id = try await refunded(bench)
                let refund = try #require(try await bench.record(id).refund?.id)
                try await keep(try #require(try await plan(id, bench)), outcome, bench)
                _ = try await bench.settle(refund, as: .failed)
                _ = try await regrade(id, as: "D", bench)
                let out = try #require(try await plan(id, bench)).request
                guard outcome == .refused(refusal) else {
                    #expect(out.lines == robes(-1) && out.byHand == nil && out.location == nil)
                    return
                }
                #expect(out.lines.isEmpty && out.byHand == robes(-1))
                let (_, sent) = try await settle(.leftToPeople, of: id, bench)
                let alert: SendSlackAlert = try #require(
                    sent.first { $0.attributes.type == SendSlackAlert.name }
                ).data()
                #expect(alert.alert.title.contains("taken out") && alert.alert.text.contains("Take 1 of ROBE out"))
            }
        }
    }

    @Test("that nobody was asked to put into stock are nobody's to take out")
    func elsewhere() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refunded(bench)
            let refund = try #require(try await bench.record(id).refund?.id)
            try await keep(try #require(try await plan(id, bench)), .noLocation, bench)
            _ = try await bench.settle(refund, as: .failed)
            _ = try await regrade(id, as: "D", bench)
            #expect(try await plan(id, bench) == nil)
        }
    }

    @Test("that NetSuite has received stay there: an alert names the goods, how many, the receipt and what to do")
    func inERP() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refunded(bench)
            let refund = try #require(try await bench.record(id).refund?.id)
            try await bench.handle {
                var goods = try await ReturnCase.lock(id, in: $0)
                goods.row.externalIDs["netsuite_receipt"] = "88"
                try await goods.save()
            }
            _ = try await bench.settle(refund, as: .failed)
            let cases = [
                ("D", "1 of ROBE in stock at the location of item receipt 88", "take it out"),
                ("A", "2 of ROBE at the location of item receipt 88 and not in stock", "put it into stock"),
            ]
            for (grade, what, toDo) in cases {
                let sent = try await regrade(id, as: grade, bench)
                #expect(!sent.types.contains(RestockReturn.name))
                let alert: SendSlackAlert = try #require(
                    sent.first { $0.attributes.type == SendSlackAlert.name }
                ).data()
                #expect(alert.alert.text.contains(what) && alert.alert.text.contains(toDo), "\(alert.alert.text)")
                #expect(alert.alert.fields["location"] == "item receipt 88")
            }
            #expect(try await !regrade(id, as: "A", bench).types.contains(SendSlackAlert.name))
        }
    }

    @Test("that the shop has refused are an alert, in its words")
    func refused() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refunded(bench)
            let refusal = Refusal(code: "invalid_location", message: "The specified location could not be found.")
            let (restocked, sent) = try await settle(.refused(refusal), of: id, bench)
            let alert: SendSlackAlert = try #require(sent.first { $0.attributes.type == SendSlackAlert.name }).data()
            #expect(restocked == nil && alert.alert.text.contains("1 of ROBE"))
            #expect(alert.alert.text.contains(refusal.message))
        }
    }

    @Test("are left to an ERP that has an authorization of them, and alert nobody where no location is set")
    func left() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refunded(bench)
            for authorization in ["71", nil] {
                try await bench.handle {
                    var goods = try await ReturnCase.lock(id, in: $0)
                    goods.row.externalIDs["netsuite"] = authorization
                    try await goods.save()
                }
                let planned = try await plan(id, bench)
                #expect((planned == nil) == (authorization != nil))
            }
            let (restocked, sent) = try await settle(.noLocation, of: id, bench)
            #expect(restocked == nil && !sent.types.contains(SendSlackAlert.name))
        }
    }
}
