import Support
import Testing

/// What the providers hold at the end, counted per order: each effect once, nothing missing.
struct Accounts {
    let netSuite: JSON
    let dcl: JSON
    let shopify: JSON

    init(_ stack: RunningStack) async throws {
        netSuite = try await stack.simulator("GET", "/_sim/netsuite/state").json
        dcl = try await stack.simulator("GET", "/_sim/dcl/state").json
        shopify = try await stack.simulator("GET", "/_sim/shopify/state").json
    }

    private func records(_ collection: JSON, prefix: String) -> [JSON] {
        collection.array.filter { $0.externalId.string?.hasPrefix(prefix) ?? false }
    }

    private func shopOrder(_ id: String) -> JSON? { shopify.orders.array.first { $0.id.int == Int(id) } }

    /// - Parameter number: the warehouse's number of the order.
    func expectDelivered(_ id: String, _ number: String) {
        #expect(records(netSuite.salesOrders, prefix: "shopify-\(id)").count == 1, "sales orders of \(id)")
        #expect(records(netSuite.itemFulfillments, prefix: "dcl-\(number)-").count == 1, "item fulfillments of \(id)")
        // The workspace's settings ask for none.
        #expect(records(netSuite.cashSales, prefix: "cs-\(number)-").isEmpty, "cash sales of \(id)")
        #expect(dcl.orders.array.count { $0.order_number.string == number } == 1, "dispatches of \(id)")
        #expect(shopify.fulfillments.array.count { $0.order_id.int == Int(id) } == 1, "fulfillments of \(id)")
        #expect(shopOrder(id)?.tags.string?.contains("SENT_TO_NS") == true, "tag of \(id)")
    }

    func expectUndone(_ id: String) {
        #expect(
            records(netSuite.salesOrders, prefix: "shopify-\(id)").map(\.status.id.string) == ["H"],
            "sales orders of \(id) are one, closed")
        #expect(shopOrder(id)?.tags.string?.contains("SENT_TO_NS") == false, "tag of \(id)")
        #expect(shopify.fulfillments.array.count { $0.order_id.int == Int(id) } == 0, "fulfillments of \(id)")
    }
}
