import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

/// Of the two robes of each return, one has come back as new and the other torn.
@Suite("Returned goods in the shop's stock", .enabled(if: WriteBench.isThere))
struct RestockWriteTests {
    private static let location = "24826419"

    private func shop(
        _ version: String = "2026-04", at location: String = Self.location, hasERP: Bool = false
    ) -> WriteBench.Shop {
        WriteBench.Shop(version: version, restockLocation: location, hasERP: hasERP)
    }

    @Test(
        "are added once for each of twenty returns, only what is sold again, though the answer is lost",
        arguments: [LostAnswer.dropped, .late])
    func once(lost: LostAnswer) async throws {
        try await WriteBench.run(shop: shop()) { bench in
            let run = JourneyRun(bench: bench, lost: lost, orders: try await LostAnswerTests.place(in: bench))
            let opened = try await run.refunded()
            let replies = try await run.restockLosing(opened)
            #expect(replies.map(\.restocked) == Array(repeating: 1, count: run.orders.count))
            let adjustments = try await bench.adjustments()
            #expect(adjustments.count == run.orders.count)
            let documents = Set(adjustments.compactMap(\.reference_document_uri.string))
            #expect(documents == Set(opened.values.values.map { "gid://stateset/Return/\($0.id)" }))
            for adjustment in adjustments {
                #expect(adjustment.reason.string == "restock")
                #expect(adjustment.changes.array.map(\.delta.int) == [1])
                #expect(adjustment.changes.array.map(\.location_id.int) == [Int(Self.location)])
            }
            #expect(try await bench.told() == ["return.restocked": run.orders.count])
        }
    }

    @Test("are not added again without a key, though the answer is lost: people are asked to look")
    func unkeyed() async throws {
        try await WriteBench.run(shop: shop("2025-10")) { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: try await LostAnswerTests.place(in: bench))
            let opened = try await run.refunded()
            #expect(try await run.restockLosing(opened).allSatisfy { $0.restocked == nil })
            #expect(try await bench.adjustments().count == run.orders.count)
            #expect(try await bench.told() == ["return.restock_unknown": run.orders.count])
        }
    }

    @Test("are added without a key where every answer comes")
    func older() async throws {
        try await WriteBench.run(shop: shop("2025-10")) { bench in
            let (order, id) = try await bench.refunded()
            #expect(try await order.perform(RestockReturn(returnID: id)).restocked == 1)
            let state = try await bench.simulators.control("GET", "/_sim/shopify/state")
            #expect(state.inventoryLevels.array.map(\.available.int) == [1])
        }
    }

    @Test("are added only once their refund has succeeded")
    func early() async throws {
        try await WriteBench.run(shop: shop()) { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let opened = try await run.openReturns()
            try await run.reopen(opened)
            _ = try await run.requestRefunds(opened)
            let id = opened[run.orders[0].shopID].id
            let refusal = await #expect(throws: Refusal.self) {
                try await run.orders[0].perform(RestockReturn(returnID: id))
            }
            #expect(refusal?.code == "refund_not_succeeded")
            #expect(try await bench.adjustments().isEmpty)
        }
    }

    @Test("stay out of the shop's stock where an ERP receives them, or no location is set")
    func left() async throws {
        let cases: [(shop: WriteBench.Shop, told: [String: Int])] = [
            (shop(hasERP: true), [:]), (shop(at: ""), ["return.restock_left_out": 1]),
        ]
        for (shop, told) in cases {
            try await WriteBench.run(shop: shop) { bench in
                let (order, id) = try await bench.refunded()
                #expect(try await order.perform(RestockReturn(returnID: id)).restocked == nil)
                #expect(try await bench.adjustments().isEmpty)
                #expect(try await bench.told() == told)
            }
        }
    }

    @Test("that the shop does not take refuse nothing, and the timeline says why")
    func refused() async throws {
        let cases: [(location: String, words: String)] = [
            ("1", "location could not be found"), (Self.location, "does not count 1 of MIE-ROBE-S"),
        ]
        for (location, words) in cases {
            try await WriteBench.run(shop: shop(at: location)) { bench in
                let (order, id) = try await bench.refunded()
                try await bench.simulators.control(
                    "POST", "/_sim/shopify/variants",
                    #"{"sku":"MIE-ROBE-S","price":"74.50","tracked":\#(location == "1")}"#)
                #expect(try await order.perform(RestockReturn(returnID: id)).restocked == nil)
                #expect(try await bench.adjustments().isEmpty)
                let told = try await bench.returns.pool.query(
                    "SELECT summary FROM return_timeline WHERE type = 'return.restock_refused'",
                    workspace: bench.workspaceID.uuid)
                #expect(try told.map { try $0("summary", as: String.self).contains(words) } == [true])
            }
        }
    }
}

extension JourneyRun {
    /// Returns whose money has gone back.
    fileprivate func refunded() async throws -> PerOrder<OpenedReturn> {
        let opened = try await openReturns()
        try await reopen(opened)
        let refunds = try await requestRefunds(opened).mapValues { try #require($0.refundID) }
        for order in orders {
            let sent = try await order.perform(SendRefund(refundID: refunds[order.shopID]))
            #expect(sent.status == .succeeded)
        }
        return opened
    }

    /// One return after another: what the goods are of is read with an answer, and the first one to the adjustment is
    /// lost.
    fileprivate func restockLosing(_ opened: PerOrder<OpenedReturn>) async throws -> [RestockReturn.Reply] {
        let write = try #require(ProviderWrite.of(RestockReturn.name))
        try await bench.simulators.control("DELETE", "/_sim/journal")
        var replies: [RestockReturn.Reply] = []
        for order in orders {
            for mode in ["delay", lost.mode] {
                try await bench.simulators.control(
                    "POST", "/_sim/faults",
                    """
                    {"provider":"\(write.provider)","method":"\(write.method)","path":"\(write.path)","mode":"\(mode)",
                     "delay_ms":\(mode == "delay" ? 0 : lost.delayMilliseconds(of: write))}
                    """)
            }
            replies.append(try await order.perform(RestockReturn(returnID: opened[order.shopID].id)))
        }
        try await landed(write)
        return replies
    }
}

extension WriteBench {
    fileprivate func refunded() async throws -> (OrderJourney, ReturnID) {
        let order = try await OrderJourney.place(self)
        let opened = try await JourneyRun(bench: self, lost: .dropped, orders: [order]).refunded()
        return (order, opened[order.shopID].id)
    }

    fileprivate func adjustments() async throws -> [JSON] {
        try await simulators.control("GET", "/_sim/shopify/state").inventoryAdjustments.array
    }

    /// How often each timeline tells what of the shop's stock.
    fileprivate func told() async throws -> [String: Int] {
        let rows = try await returns.pool.query(
            """
            SELECT type, count(*) AS count FROM return_timeline WHERE starts_with(type, 'return.restock') GROUP BY type
            """, workspace: workspaceID.uuid)
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0("type"), try $0("count")) })
    }
}
