import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

extension JourneyRun {
    /// What the providers hold of each order is there once.
    func expectOneEach(_ numbers: PerOrder<String>) async throws {
        let erp = try await bench.simulators.control("GET", "/_sim/netsuite/state")
        let shop = try await bench.simulators.control("GET", "/_sim/shopify/state")
        let warehouse = try await bench.simulators.control("GET", "/_sim/dcl/state")
        for order in orders {
            let number = numbers[order.shopID]
            let sold = erp.salesOrders.array.filter { $0.externalId.string == "shopify-\(order.shopID)" }
            #expect(sold.count == 1)
            #expect(sold.first?.custbody_sent_to_3pl.bool == true)
            #expect(erp.itemFulfillments.array.filter { $0.externalId.string == "dcl-\(number)-1" }.count == 1)
            #expect(erp.cashSales.array.filter { $0.externalId.string == "cs-\(number)-1" }.count == 1)
            #expect(warehouse.orders.array.filter { $0.order_number.string == number }.count == 1)
            let placed = shop.orders.array.first { $0.id.int == Int(order.shopID) }
            #expect(placed?.tags.string == "SENT_TO_NS")
            #expect(placed?.note_attributes.array.count == 2)
        }
    }

    /// The shop keeps no key unique: in time there is one fulfilment, too late there may be more, and then it is shown.
    func expectFulfillments() async throws {
        let shop = try await bench.simulators.control("GET", "/_sim/shopify/state")
        try await verify()
        let shown = try await duplicates()
        for order in orders {
            let ids = shop.fulfillments.array.filter { $0.order_id.int == Int(order.shopID) }.compactMap(\.id.int)
            guard lost == .tooLate else {
                #expect(ids.count == 1)
                #expect(shown[order.shopID] == nil)
                continue
            }
            #expect(ids.count > 1, "the first request was to land after the second")
            #expect(shown[order.shopID].map(Set.init) == Set(ids.map(String.init)))
            #expect(try await timeline(of: order).contains(ShipmentDuplicated.type))
        }
    }

    /// The scans of each package will be told.
    func expectFollowed() async throws {
        let broker = try await bench.simulators.control("GET", "/_sim/shipstation/state")
        #expect(Set(orders.map { "1Z\($0.shopID)" }).isSubset(of: broker.followed.array.compactMap(\.string)))
    }

    /// Everything was taken back, once.
    func expectUndone(_ numbers: PerOrder<String>) async throws {
        let erp = try await bench.simulators.control("GET", "/_sim/netsuite/state")
        let shop = try await bench.simulators.control("GET", "/_sim/shopify/state")
        let warehouse = try await bench.simulators.control("GET", "/_sim/dcl/state")
        for order in orders {
            let sold = erp.salesOrders.array.filter { $0.externalId.string == "shopify-\(order.shopID)" }
            #expect(sold.map(\.status.id.string) == ["H"])
            let sent = warehouse.orders.array.filter { $0.order_number.string == numbers[order.shopID] }
            #expect(sent.map(\.is_cancelled.bool) == [true])
            #expect(shop.orders.array.first { $0.id.int == Int(order.shopID) }?.tags.string == "")
        }
    }

    /// The looks that were put down for later are taken now; what they tell the order is delivered.
    private func verify() async throws {
        for body in try await bodies("SELECT body FROM timers WHERE body LIKE '%.verification%'") {
            _ = try await bench.tracking.deliver(try Envelope(body: Array(body.utf8)))
        }
        for body in try await bodies("SELECT body FROM outbox WHERE routing_key = 'shipment.duplicated'") {
            _ = try await bench.ingest.deliver(try Envelope(body: Array(body.utf8)))
        }
    }

    private func bodies(_ sql: SQL) async throws -> [String] {
        try await bench.tracking.pool.query(sql, workspace: bench.workspaceID.uuid).map { try $0("body") }
            .filter { $0.contains("\(bench.workspaceID)") }
    }

    /// What is shown, by the shop's order id.
    private func duplicates() async throws -> [String: [String]] {
        let rows = try await bench.tracking.pool.query(
            "SELECT request ->> 'shopID' AS shop_id, duplicates FROM effects WHERE duplicates IS NOT NULL",
            workspace: bench.workspaceID.uuid)
        return try Dictionary(
            uniqueKeysWithValues: rows.map { (try $0("shop_id"), try $0("duplicates", as: JSONB.self).decode()) })
    }

    private func timeline(of order: OrderJourney) async throws -> [String] {
        try await bench.ingest.pool.query(
            "SELECT type FROM timeline WHERE order_id = \(order.orderID.uuid)", workspace: bench.workspaceID.uuid
        ).map { try $0("type") }
    }
}
