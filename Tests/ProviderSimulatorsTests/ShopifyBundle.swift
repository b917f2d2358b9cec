@testable import ProviderSimulators

extension ShopifySettings {
    static let test = ShopifySettings(
        shop: "mienne", accessToken: "token", webhookSecret: "secret",
        webhookURL: "http://gateway.test/webhooks/shopify/ws_1", bucketSize: 1000, leakPerSecond: 500)
}

extension SimulatorBundle where State == ShopifySimulator {
    static func makeBundle(_ settings: ShopifySettings = .test) -> Self {
        Self(ShopifySimulator(settings, idOffset: .pinned(0)), headers: ["x-shopify-access-token": "token"])
    }

    mutating func rest(_ method: String, _ path: String, _ body: JSON? = nil) -> SimulatedResponse {
        send(method, "/admin/api/2023-01/\(path)", body)
    }

    /// The order of the contract page: two robes, ten off, eight per cent tax, five for shipping.
    mutating func placeUsualOrder(_ changes: JSONObject = JSONObject()) -> JSON {
        let usual = JSONObject([
            ("line_items", [["sku": "MIE-ROBE-S", "quantity": 2, "price": "74.50"]]), ("tax_rate", 0.08.json),
            ("discount", "10.00"), ("shipping_price", "5.00"), ("send_webhook", true),
        ])
        return control("POST", "/orders", .object(usual.merging(changes))).document
    }

    mutating func fulfillmentOrder(_ order: JSON) -> JSON {
        let list = rest("GET", "orders/\(order["id"].int ?? 0)/fulfillment_orders.json").document
        return list["fulfillment_orders"].array?.last ?? .null
    }

    mutating func ship(_ source: JSON, quantity: Int?, tracking: String) -> SimulatedResponse {
        var entry = JSONObject([("fulfillment_order_id", source["id"])])
        if let quantity {
            entry["fulfillment_order_line_items"] = [["id": source["line_items"][0]["id"], "quantity": .int(quantity)]]
        }
        return rest(
            "POST", "fulfillments.json",
            [
                "fulfillment": [
                    "line_items_by_fulfillment_order": [.object(entry)], "tracking_info": ["number": .string(tracking)],
                ]
            ])
    }
}

extension Double {
    var json: JSON { .number(description) }
}
