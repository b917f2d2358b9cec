import Commerce
import Contracts
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

@Suite("Hints of the warehouse that never come", .enabled(if: WriteBench.isThere))
struct LostHintTests {
    @Test("goods that came in are found by asking, read once, and keep their return from expiring")
    func received() async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let order = run.orders[0]
            try await run.shipGoods()
            let goods = try await run.openReturns()[order.shopID]
            let number = try #require(try await order.perform(AnnounceReturn(returnID: goods.id)).number)
            try await bench.simulators.control(
                "POST", "/_sim/dcl/rmas/\(number)/receive", #"{"lines":[{"sku":"MIE-ROBE-S","quantity":1}]}"#)

            #expect(try await poll(bench) == [ReadWarehouseReturn.name])
            _ = try await order.perform(ReadWarehouseReturn(returnID: goods.id, number: number))
            #expect(try await poll(bench).isEmpty)
            #expect(try await status(goods.id, bench) == "received")
            #expect(try await order.perform(ExpireReturn(returnID: goods.id)).expired == false)
        }
    }

    @Test("a return expires only where neither the warehouse nor the carrier has seen it")
    func expiry() async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(
                bench: bench, lost: .dropped,
                orders: [try await OrderJourney.place(bench), try await OrderJourney.place(bench)])
            try await run.shipGoods()
            let opened = try await run.openReturns()
            let labels = try await run.step(losing: false) { BuyReturnLabel(returnID: opened[$0.shopID].id) }
            for order in run.orders {
                let id = opened[order.shopID].id
                _ = try await order.perform(AnnounceReturn(returnID: id))
                _ = try await bench.returns.deliver(
                    bench.envelope(RecordLabelSent.name, RecordLabelSent(returnID: id)))
            }
            let (scanned, unseen) = (run.orders[0], run.orders[1])
            let parcel = labels[scanned.shopID].reply.trackingNumber
            try await bench.simulators.control(
                "POST", "/_sim/shipstation/scan", #"{"tracking_number":"\#(parcel)","status":"in_transit"}"#)
            #expect(try await !scanned.perform(ExpireReturn(returnID: opened[scanned.shopID].id)).expired)
            #expect(try await status(opened[scanned.shopID].id, bench) == "in_transit")
            #expect(try await unseen.perform(ExpireReturn(returnID: opened[unseen.shopID].id)).expired)
            #expect(try await status(opened[unseen.shopID].id, bench) == "expired")
        }
    }

    /// Asks the warehouse, and gives what it led to.
    private func poll(_ bench: WriteBench) async throws -> [String] {
        func waiting() async throws -> [String] {
            try await bench.returns.pool.query(
                """
                SELECT body::jsonb ->> 'type' AS type FROM outbox WHERE workspace_id = \(bench.workspaceID.uuid)
                ORDER BY created_at, id
                """, workspace: bench.workspaceID.uuid
            ).map { try $0("type") }
        }
        let before = try await waiting().count
        _ = try await bench.returns.deliver(bench.envelope(PollWarehouseReturns.name, PollWarehouseReturns()))
        return Array(try await waiting().dropFirst(before))
    }

    private func status(_ id: ReturnID, _ bench: WriteBench) async throws -> String {
        try await bench.returns.pool.query(
            "SELECT status FROM returns WHERE id = \(id.uuid)", workspace: bench.workspaceID.uuid)[0]("status")
    }
}
