import Foundation
import SeededRandom
import Testing

@testable import ProviderSimulators

@Suite("A shop's money, whatever is asked for")
struct ShopifyMoneyTests {
    @Test("no sequence of refunds gives back more than was paid, per sale and in all", arguments: UInt64(1)...20)
    func bounded(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.control(
            "POST", "/orders",
            [
                "line_items": [["sku": "MIE-ROBE-S", "quantity": 3, "price": "33.33"]],
                "transactions": [
                    ["gateway": "gift_card", "amount": "40.00"], ["gateway": "shopify_payments", "amount": "59.99"],
                ],
            ]
        ).document
        for step in 0..<30 { shop.act(on: order, step, &random) }
        let all =
            shop.rest("GET", "orders/\(order["id"].int ?? 0)/transactions.json").document["transactions"].array ?? []
        let sales = all.filter { $0["kind"] == "sale" }
        let back = all.filter { $0["kind"] == "refund" && $0["status"] != "failure" }
        func sum(_ rows: [JSON]) -> Decimal { rows.reduce(0) { $0 + ($1["amount"].decimal ?? 0) } }
        #expect(sum(back) <= sum(sales), "seed \(seed)")
        for sale in sales {
            #expect(sum(back.filter { $0["parent_id"] == sale["id"] }) <= sum([sale]), "seed \(seed)")
        }
        #expect(all.count > 3, "seed \(seed) refunded nothing")
    }
}

extension SimulatorBundle where State == ShopifySimulator {
    /// Something that happens to an order's money.
    fileprivate mutating func act(on order: JSON, _ step: Int, _ random: inout SeededGenerator) {
        let id = order["id"].int ?? 0
        let amount = Decimal(Int.random(in: 1...3000, using: &random)) / 100
        let text = JSON.string(amount.fixed(2))
        let refunds = rest("GET", "orders/\(id)/refunds.json").document["refunds"].array ?? []
        let some = refunds.randomElement(using: &random)?["id"].int ?? 0
        switch Int.random(in: 0..<6, using: &random) {
        case 0: _ = control("POST", "/orders/\(id)/refunds", ["amount": text])
        case 1: _ = control("POST", "/refunds/\(some)/fail")
        case 2: _ = control("POST", "/refunds/\(some)/succeed")
        case 3:
            let outcome: JSON = ["success", "pending", "failure"].randomElement(using: &random) ?? "success"
            _ = control("POST", "/refunds/outcome", ["status": outcome])
        case 4: _ = mutate(id, ["refundMethods": [["storeCreditRefund": ["amount": Self.usd(text)]]]], "credit-\(step)")
        default:
            let sale = Int.random(in: 0...1, using: &random)
            let transaction: JSON = [
                "orderId": .string("gid://shopify/Order/\(id)"), "kind": "REFUND", "amount": text,
                "parentId": .string("gid://shopify/OrderTransaction/\(801_038_806 + sale)"),
                "gateway": sale == 0 ? "gift_card" : "shopify_payments",
            ]
            _ = mutate(id, ["transactions": [transaction]], "sale-\(step)")
        }
    }

    private static func usd(_ amount: JSON) -> JSON { ["amount": amount, "currencyCode": "USD"] }

    private mutating func mutate(_ id: Int, _ members: JSON, _ key: String) -> SimulatedResponse {
        var input = members.object ?? JSONObject()
        input["orderId"] = .string("gid://shopify/Order/\(id)")
        let query =
            "mutation($input:RefundInput!){refundCreate(input:$input) @idempotent(key:\"\(key)\")"
            + "{refund{id} userErrors{field message}}}"
        return send(
            "POST", "/admin/api/2026-04/graphql.json",
            ["query": .string(query), "variables": ["input": .object(input)]])
    }
}
