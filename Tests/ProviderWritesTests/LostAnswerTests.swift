import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing

@Suite("Lost answers to every write", .enabled(if: WriteBench.isThere))
struct LostAnswerTests {
    private static let orders = 20

    @Test("each handler that calls a provider is known as a write or as a read")
    func complete() async throws {
        try await WriteBench.run { bench in
            let handlers = bench.services.flatMap(\.effectCommands)
            #expect(Set(handlers) == ProviderWrite.reads.union(ProviderWrite.all.map(\.command)))
        }
    }

    @Test(
        "each write acts once on each of twenty orders, or its second effect is shown", arguments: LostAnswer.allCases)
    func shipped(lost: LostAnswer) async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: lost, orders: try await Self.place(in: bench))
            let sold = try await run.step { CreateSalesOrder(orderID: $0.orderID) }
            try await run.step {
                TagShopOrder(orderID: $0.orderID, tag: "SENT_TO_NS", salesOrderID: sold[$0.shopID].id)
            }
            try await run.step { RecordSalesOrderInShop(orderID: $0.orderID, salesOrder: sold[$0.shopID].reply) }
            let sent = try await run.step {
                DispatchToWarehouse(orderID: $0.orderID, salesOrder: sold[$0.shopID].reply)
            }
            try await run.step { FlagSalesOrder(orderID: $0.orderID, salesOrderID: sold[$0.shopID].id) }
            let packages = try await run.ship(sent.mapValues(\.reply.number), sold.mapValues(\.id))
            try await run.step {
                CreateItemFulfillment(shipmentID: packages[$0.shopID], salesOrderID: sold[$0.shopID].id)
            }
            try await run.step { CreateCashSale(shipmentID: packages[$0.shopID], salesOrderID: sold[$0.shopID].id) }
            try await run.step { CreateShopFulfillment(shipmentID: packages[$0.shopID]) }
            try await run.step { StartTracking(shipmentID: packages[$0.shopID]) }
            try await run.expectFollowed()
            try await run.expectOneEach(sent.mapValues(\.reply.number))
            try await run.expectFulfillments()
        }
    }

    @Test("each undoing write acts once on each of twenty orders", arguments: LostAnswer.allCases)
    func cancelled(lost: LostAnswer) async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: lost, orders: try await Self.place(in: bench))
            let sold = try await run.step(losing: false) { CreateSalesOrder(orderID: $0.orderID) }
            try await run.step(losing: false) {
                TagShopOrder(orderID: $0.orderID, tag: "SENT_TO_NS", salesOrderID: sold[$0.shopID].id)
            }
            let sent = try await run.step(losing: false) {
                DispatchToWarehouse(orderID: $0.orderID, salesOrder: sold[$0.shopID].reply)
            }
            try await run.step { CancelDispatch(orderID: $0.orderID, number: sent[$0.shopID].reply.number) }
            try await run.step {
                UntagShopOrder(orderID: $0.orderID, tag: "SENT_TO_NS", salesOrderID: sold[$0.shopID].id)
            }
            try await run.step { CancelSalesOrder(orderID: $0.orderID, salesOrderID: sold[$0.shopID].id) }
            try await run.expectUndone(sent.mapValues(\.reply.number))
        }
    }

    static func place(in bench: WriteBench) async throws -> [OrderJourney] {
        var journeys: [OrderJourney] = []
        for _ in 0..<orders { journeys.append(try await OrderJourney.place(bench)) }
        return journeys
    }
}
