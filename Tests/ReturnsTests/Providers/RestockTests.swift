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
        for outcome in [Handler.Outcome.restocked(id: "7", units: 1, left: []), .unknown] {
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
            let workspace = bench.workspaceID.uuid
            try await bench.handle {
                try await $0.database.execute(
                    """
                    INSERT INTO effects (workspace_id, key, provider, operation, request, state)
                    VALUES (\(workspace), \("inventory.adjust:\(id)"), 'shopify', 'inventory.adjust', '{}', 'unknown')
                    """)
            }
            _ = try await bench.settle(refund, as: .failed)
            #expect(try await plan(id, bench)?.request.lines.map(\.quantity) == [1])
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
