import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

@Suite("Lost answers to every write of a warranty", .enabled(if: WriteBench.isThere))
struct WarrantyWriteTests {
    @Test(
        "new goods are set aside, given up, set aside again and ordered once for each of twenty claims",
        arguments: [LostAnswer.dropped, .late])
    func replaced(lost: LostAnswer) async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: lost, orders: try await LostAnswerTests.place(in: bench))
            try await run.shipGoods()
            let claims = try await run.claim()
            let first = try await run.step { OpenReplacement(warrantyID: claims[$0.shopID]) }
            try await run.step {
                CancelReplacement(warrantyID: claims[$0.shopID], draftID: first[$0.shopID].reply.draftID)
            }
            let second = try await run.step { OpenReplacement(warrantyID: claims[$0.shopID]) }
            let ordered = try await run.step {
                CompleteReplacement(warrantyID: claims[$0.shopID], draftID: second[$0.shopID].reply.draftID)
            }
            try await run.expectReplaced(claims, ordered.mapValues(\.reply.orderID))
        }
    }
}

extension JourneyRun {
    /// A claim on one robe of each order, whose goods were received and looked at.
    fileprivate func claim() async throws -> PerOrder<WarrantyID> {
        var claims: [String: WarrantyID] = [:]
        for order in orders {
            _ = try await order.perform(ReadOrderPayments(orderID: order.orderID))
            let request = WarrantyRequest(orderID: "\(order.orderID)", sku: "MIE-ROBE-S", problem: "defect")
            claims[order.shopID] = try await bench.returns.handle(in: bench.workspaceID) {
                try await NewWarranty(transaction: $0).open(request)
            }
        }
        let ids = claims.values.map(\.uuid)
        for table in [
            "warranty_claims SET status = 'inspected' WHERE id", "returns SET status = 'inspected' WHERE warranty_id",
        ] {
            try await bench.returns.pool.execute(
                "UPDATE \(unsafeRaw: table) = ANY(\(ids))", workspace: bench.workspaceID.uuid)
        }
        try await bench.returns.pool.execute(
            """
            UPDATE return_units SET state = 'received'
            WHERE return_id IN (SELECT id FROM returns WHERE warranty_id = ANY(\(ids)))
            """, workspace: bench.workspaceID.uuid)
        return PerOrder(values: claims)
    }

    fileprivate func expectReplaced(_ claims: PerOrder<WarrantyID>, _ ordered: PerOrder<String>) async throws {
        let drafts = try await bench.simulators.control("GET", "/_sim/shopify/state").draftOrders.array
        for order in orders {
            let mine = drafts.filter { $0.tags.string == "\(claims[order.shopID])" }
            #expect(mine.map(\.status.string) == ["completed"])
            #expect(mine.first?.order_id.int.map(String.init) == ordered[order.shopID])
            #expect(mine.first?.total_price.string == "0.00")
            #expect(mine.first?.reserve_inventory_until.string != nil)
        }
    }
}
