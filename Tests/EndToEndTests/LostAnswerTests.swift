import Foundation
import Support
import Testing

extension EndToEnd {
    @Suite("Lost answers")
    struct LostAnswerTests {
        let stack: RunningStack
        let shop: Shop

        init() throws {
            stack = try RunningStack()
            shop = Shop(stack: stack)
        }

        private static let writes: [(provider: String, method: String, path: String)] = [
            ("netsuite", "POST", "*/record/v1/salesOrder"),
            ("shopify", "POST", "*/graphql.json"),
            ("dcl", "POST", "*/batches"),
            ("netsuite", "PATCH", "*/record/v1/salesOrder/*"),
            ("netsuite", "POST", "*/!transform/itemFulfillment"),
            ("shopify", "POST", "*/fulfillments.json"),
        ]

        @Test("each write acts once though the provider's first answer never comes")
        func everyWriteOnce() async throws {
            _ = try await stack.simulator("DELETE", "/_sim/faults")
            for write in Self.writes {
                let fault = """
                    {"provider":"\(write.provider)","method":"\(write.method)","path":"\(write.path)","mode":"drop_after"}
                    """
                #expect(try await stack.simulator("POST", "/_sim/faults", fault).status == 201)
            }
            let id = try await shop.place(Shop.robe)
            let order = try await shop.order(id, in: "dispatched", within: .seconds(120))
            let number = try #require(order.external_ids.dcl.string)
            try await shop.ship(number, shop.package("1ZLOST\(id)", ("MIE-ROBE-S", 2)))
            try await shop.deliver(number, "1ZLOST\(id)")
            _ = try await shop.order(id, in: "delivered", within: .seconds(120))
            let left = try await stack.simulator("GET", "/_sim/faults").json
            #expect(left.data.array.filter { $0.remaining.int != 0 }.isEmpty, "faults that were never met: \(left)")
            _ = try await stack.simulator("DELETE", "/_sim/faults")
            #expect(try await shop.salesOrders(id).count == 1)
            #expect(try await shop.warehouseOrders(number).count == 1)
            #expect(try await shop.itemFulfillments(number).count == 1)
            #expect(try await shop.fulfillments(id).count == 1)
        }
    }
}
