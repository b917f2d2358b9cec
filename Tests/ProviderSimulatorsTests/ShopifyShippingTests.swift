import Testing

@testable import ProviderSimulators

@Suite("Shipping at the simulated shop: its tax and its discounts")
struct ShopifyShippingTests {
    private static let withTax = JSONObject([("shipping_price", "10.00"), ("shipping_tax_rate", 0.08.json)])

    @Test("the tax on shipping stands beside it, and goes back with it; more than is left is refused")
    func taxed() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder(Self.withTax)
        #expect(order["total_tax"] == "11.92" && order["total_price"] == "160.92")
        #expect(order["shipping_lines"][0]["tax_lines"][0]["price"] == "0.80")
        let full = shop.rest("POST", "\(path(order))/calculate.json", ["refund": ["shipping": ["full_refund": true]]])
            .document["refund"]
        #expect(full["shipping"] == ["amount": "10.00", "tax": "0.80", "maximum_refundable": "10.00"])
        #expect(full["transactions"][0]["amount"] == "10.80")
        let tooMuch = shop.rest("POST", "\(path(order)).json", ["refund": paid("10.80", shipping: "10.80")])
        #expect(tooMuch.status == 422 && !tooMuch.document["errors"]["shipping"].isNull)
        let refund = shop.rest("POST", "\(path(order)).json", ["refund": paid("10.80", shipping: "10.00")])
            .document["refund"]
        #expect(adjustments(refund) == [["shipping_refund", "-10.00", "-0.80"]])
        let seen = shop.rest("GET", "orders/\(order["id"].int ?? 0).json").document["order"]
        #expect(seen["current_total_price"] == "150.12" && seen["current_total_tax"] == "11.12")
        #expect(shop.rest("POST", "\(path(order)).json", ["refund": paid("0.01", shipping: "0.01")]).status == 422)
    }

    @Test("the taxes of its parts come to its tax")
    func parts() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder(Self.withTax)
        let taxes = [("3.33", "3.60"), ("3.33", "3.59"), ("3.34", "3.61")].map { shipping, amount in
            let answer = shop.rest("POST", "\(path(order)).json", ["refund": paid(amount, shipping: shipping)])
            return adjustments(answer.document["refund"])
        }
        #expect(
            taxes == [
                [["shipping_refund", "-3.33", "-0.27"]], [["shipping_refund", "-3.33", "-0.26"]],
                [["shipping_refund", "-3.34", "-0.27"]],
            ])
    }

    @Test("where prices include tax, so does that of shipping")
    func inclusive() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let changes = JSONObject([
            ("taxes_included", true), ("tax_rate", 0.2.json), ("shipping_price", "12.00"),
            ("shipping_tax_rate", 0.2.json),
        ])
        let order = shop.placeUsualOrder(changes)
        #expect(order["total_price"] == "151.00" && order["shipping_lines"][0]["tax_lines"][0]["price"] == "2.00")
        let refund = shop.control(
            "POST", "/orders/\(order["id"].int ?? 0)/refunds", ["amount": "12.00", "shipping": ["full_refund": true]]
        ).document["refund"]
        #expect(adjustments(refund) == [["shipping_refund", "-10.00", "-2.00"]])
    }

    @Test("a code that makes it free leaves its price and nothing to give back")
    func free() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder(
            JSONObject([
                ("line_items", [["sku": "A", "price": "100.00"], ["sku": "B", "price": "100.00"]]), ("discount", nil),
                ("tax_rate", nil), ("shipping_price", "9.00"), ("shipping_discount", "9.00"),
                ("discount_code", "FREESHIP"),
            ]))
        #expect(order["total_price"] == "200.00" && order["total_discounts"] == "9.00")
        #expect(order["total_shipping_price_set"]["shop_money"]["amount"] == "9.00")
        #expect(order["discount_codes"][0] == ["code": "FREESHIP", "amount": "9.00", "type": "shipping"])
        let line = order["shipping_lines"][0]
        #expect(line["price"] == "9.00" && line["discounted_price"] == "9.00")
        #expect(line["discount_allocations"][0]["amount"] == "9.00")
        #expect(order["discount_applications"][0]["target_type"] == "shipping_line")
        #expect(shop.rest("POST", "\(path(order)).json", ["refund": paid("9.00", shipping: "9.00")]).status == 422)
    }

    @Test("of an order in another currency it is told in both, its discount and its tax as well")
    func foreign() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder(
            JSONObject([
                ("presentment_currency", "EUR"), ("shop_rate", "1.1"), ("shipping_price", "10.00"),
                ("shipping_discount", "4.00"), ("shipping_tax_rate", 0.2.json),
            ]))
        let line = order["shipping_lines"][0]
        #expect(line["price"] == "11.00" && line["discount_allocations"][0]["amount"] == "4.40")
        #expect(line["discount_allocations"][0]["amount_set"]["presentment_money"]["amount"] == "4.00")
        #expect(line["tax_lines"][0]["price"] == "1.32")
        #expect(line["tax_lines"][0]["price_set"]["presentment_money"]["amount"] == "1.20")
        #expect(order["total_tax_set"]["presentment_money"]["amount"] == "12.32")
        #expect(order["total_discounts_set"]["presentment_money"]["amount"] == "14.00")
        let refund = shop.control(
            "POST", "/orders/\(order["id"].int ?? 0)/refunds", ["amount": "7.20", "shipping": ["full_refund": true]]
        ).document["refund"]
        #expect(adjustments(refund) == [["shipping_refund", "-6.60", "-1.32"]])
        let adjustment = refund["order_adjustments"][0]
        #expect(adjustment["amount_set"]["presentment_money"]["amount"] == "-6.00")
        #expect(adjustment["tax_amount_set"]["presentment_money"]["amount"] == "-1.20")
    }

    private func path(_ order: JSON) -> String { "orders/\(order["id"].int ?? 0)/refunds" }

    private func paid(_ amount: String, shipping: String) -> JSON {
        [
            "shipping": ["amount": .string(shipping)],
            "transactions": [["parent_id": 801_038_806, "amount": .string(amount), "kind": "refund"]],
        ]
    }

    /// Kind, amount and tax of each.
    private func adjustments(_ refund: JSON) -> [[String?]] {
        (refund["order_adjustments"].array ?? []).map { adjustment in
            ["kind", "amount", "tax_amount"].map { adjustment[$0].string }
        }
    }
}
