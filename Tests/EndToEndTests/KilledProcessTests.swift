import Foundation
import Support
import Testing

extension EndToEnd {
    @Suite("Killed processes")
    struct KilledProcessTests {
        let stack: RunningStack
        let shop: Shop

        init() throws {
            stack = try RunningStack()
            shop = Shop(stack: stack)
        }

        @Test("orders reach their end, each effect once, though every service is killed while they travel")
        func everyServiceKilled() async throws {
            var ids: [String] = []
            for service in [
                "order-ingest", "saga-coordinator", "fulfillment-dispatch", "ingest-gateway", "tracking", "api",
            ] {
                for _ in 0..<3 { ids.append(try await shop.place(Shop.robe)) }
                try stack.kill(service)
            }
            for id in ids {
                let order = try await shop.order(id, in: "dispatched", within: .seconds(120))
                let number = try #require(order.external_ids.dcl.string)
                #expect(try await shop.salesOrders(id).count == 1)
                #expect(try await shop.warehouseOrders(number).count == 1)
            }
        }
    }
}
