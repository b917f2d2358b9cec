import Testing

@testable import ProviderSimulators

@Suite("Shopify's reservations of draft orders")
struct ShopifyReservationTests {
    private typealias Bundle = SimulatorBundle<ShopifySimulator>

    @Test("REST does not show them; null releases the goods")
    func released() {
        var shop = Bundle.makeBundle()
        let draft = shop.draft()
        #expect(shop.reserve(draft, ["reserveInventoryUntil": "2026-03-20T05:00:00Z"]).applied)
        #expect(!shop.isFree(draft))
        let shown = shop.rest("GET", "draft_orders/\(draft).json").document["draft_order"]
        #expect(shown["id"] == .int(draft) && shown.object?.keys.contains("reserve_inventory_until") == false)
        #expect(shop.reserve(draft, ["reserveInventoryUntil": nil]).applied)
        #expect(shop.isFree(draft))
    }

    static let odd: [JSON] = [
        ["reserveInventoryUntil": "soon"], ["reserve_inventory_until": "2026-03-20T05:00:00Z"], [:],
    ]

    @Test("an input that the mutation does not know, or whose time is none, is refused", arguments: odd)
    func strictness(input: JSON) {
        var shop = Bundle.makeBundle()
        let draft = shop.draft()
        let answer = shop.reserve(draft, input)
        #expect(answer.document["errors"][0]["extensions"]["code"] == "INVALID_VARIABLE")
        #expect(!answer.applied && shop.isFree(draft))
    }
}

extension SimulatorBundle where State == ShopifySimulator {
    /// Makes one of a slip; gives its id.
    fileprivate mutating func draft() -> Int {
        let line: JSON = ["title": "Silk slip", "price": "39.00", "quantity": 1]
        let made = rest("POST", "draft_orders.json", ["draft_order": ["line_items": [line]]]).document
        return made["draft_order"]["id"].int ?? 0
    }

    fileprivate mutating func reserve(_ draft: Int, _ input: JSON) -> SimulatedResponse {
        let query =
            "mutation($id:ID!,$input:DraftOrderInput!){draftOrderUpdate(id:$id,input:$input)"
            + "{draftOrder{reserveInventoryUntil} userErrors{field message}}}"
        return send(
            "POST", "/admin/api/2025-10/graphql.json",
            [
                "query": .string(query),
                "variables": ["id": .string("gid://shopify/DraftOrder/\(draft)"), "input": input],
            ])
    }

    /// As the state shows it.
    fileprivate func isFree(_ draft: Int) -> Bool {
        let drafts = state.snapshot()["draftOrders"].array ?? []
        return drafts.first { $0["id"].int == draft }?["reserve_inventory_until"].isNull == true
    }
}
