import Testing

@testable import ProviderSimulators

@Suite("Shopify refunds")
struct ShopifyRefundTests {
    @Test("calculate suggests what the contract page shows, with amounts as strings")
    func calculate() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder()
        let answer = shop.rest("POST", "\(path(order))/calculate.json", ["refund": lines(order, 1)]).document["refund"]
        #expect(answer["refund_line_items"][0]["subtotal"] == "69.50")
        #expect(answer["refund_line_items"][0]["total_tax"] == "5.56")
        #expect(answer["refund_line_items"][0]["total_cart_discount_amount"] == "5.00")
        #expect(answer["transactions"][0]["kind"] == "suggested_refund")
        #expect(answer["transactions"][0]["amount"] == "75.06")
        #expect(answer["transactions"][0]["maximum_refundable"] == "155.12")
    }

    @Test("a stored refund writes line amounts as numbers and moves the money")
    func create() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder()
        let answer = shop.rest("POST", "\(path(order)).json", ["refund": paid(order, 1, "75.06")])
        #expect(answer.status == 201)
        let refund = answer.document["refund"]
        #expect(refund["refund_line_items"][0]["subtotal"] == .number("69.5"))
        #expect(refund["refund_line_items"][0]["subtotal_set"]["shop_money"]["amount"] == "69.50")
        #expect(refund["order_adjustments"] == [])
        let seen = shop.rest("GET", "orders/\(order["id"].int ?? 0).json").document["order"]
        #expect(seen["financial_status"] == "partially_refunded")
        #expect(seen["current_total_price"] == "80.06")
        #expect(shop.topics.suffix(2) == ["refunds/create", "orders/updated"])
    }

    @Test("more money or more units than there were are refused, and nothing changes")
    func tooMuch() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder()
        let refused = shop.rest("POST", "\(path(order)).json", ["refund": paid(order, 1, "155.13")])
        #expect(refused.status == 422)
        #expect(refused.document["errors"]["base"][0].string?.contains("is greater than") == true)
        #expect(shop.rest("POST", "\(path(order)).json", ["refund": paid(order, 3, "10.00")]).status == 422)
        #expect(shop.rest("GET", "\(path(order)).json").document["refunds"] == [])
        #expect(shop.rest("POST", "\(path(order)).json", ["refund": paid(order, 2, "155.12")]).status == 201)
        let seen = shop.rest("GET", "orders/\(order["id"].int ?? 0).json").document["order"]
        #expect(seen["financial_status"] == "refunded")
        #expect(shop.control("POST", "/orders/\(order["id"].int ?? 0)/refunds", ["amount": "0.01"]).status == 422)
    }

    @Test("a refund that fails later no longer counts")
    func failure() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder()
        let byHand = shop.control("POST", "/orders/\(order["id"].int ?? 0)/refunds", ["amount": "20.00"])
        #expect(byHand.status == 201)
        let id = byHand.document["refund"]["id"].int ?? 0
        let failed = shop.control("POST", "/refunds/\(id)/fail")
        #expect(failed.document["refund"]["transactions"][0]["status"] == "failure")
        let seen = shop.rest("GET", "orders/\(order["id"].int ?? 0).json").document["order"]
        #expect(seen["financial_status"] == "paid")
    }

    private func path(_ order: JSON) -> String { "orders/\(order["id"].int ?? 0)/refunds" }

    private func lines(_ order: JSON, _ quantity: Int) -> JSON {
        [
            "refund_line_items": [
                [
                    "line_item_id": order["line_items"][0]["id"], "quantity": .int(quantity),
                    "restock_type": "no_restock",
                ]
            ]
        ]
    }

    private func paid(_ order: JSON, _ quantity: Int, _ amount: String) -> JSON {
        var refund = lines(order, quantity).object ?? JSONObject()
        refund["transactions"] = [["parent_id": 801_038_806, "amount": .string(amount), "kind": "refund"]]
        return .object(refund)
    }
}
