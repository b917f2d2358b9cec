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
                _ = try await shop.order(id, in: "dispatched", within: .seconds(120))
                // WHY: the status is the saga's news, the number the warehouse service's own, which a kill may leave to
                // the sweep of its outbox.
                let order = try await stack.eventually("order \(id) to have its number", within: .seconds(60)) {
                    try await stack.api("GET", "orders?external_id=\(id)")
                } until: { page in
                    page.data[0].external_ids.dcl.string != nil
                }
                let number = try #require(order.data[0].external_ids.dcl.string)
                #expect(try await shop.salesOrders(id).count == 1)
                #expect(try await shop.warehouseOrders(number).count == 1)
            }
        }
    }
}
