import Foundation
import Testing

@testable import ProviderSimulators

@Suite("Shopify orders")
struct ShopifyOrderTests {
    @Test("the amounts of the contract page come out to the cent")
    func amounts() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder()
        #expect(order["id"] == 5_678_901_234_567)
        #expect(order["name"] == "#1001")
        #expect(order["subtotal_price"] == "139.00")
        #expect(order["total_tax"] == "11.12")
        #expect(order["total_price"] == "155.12")
        #expect(order["fulfillment_status"].isNull)
        #expect(shop.topics == ["orders/create", "orders/paid"])
    }

    @Test(
        "discounts are shared so that the shares add up",
        arguments: [("10.00", ["3.34", "3.33", "3.33"]), ("0.01", ["0.01", "0.00", "0.00"])])
    func allocation(total: String, parts: [String]) {
        let money = ShopifyMoney(currency: "USD")
        let shares = money.allocate(Decimal(exactly: total) ?? 0, weights: [1, 1, 1])
        #expect(shares.map(money.text) == parts)
    }

    @Test("a yen order has no decimals and a price with tax included adds none")
    func yen() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder(
            JSONObject([
                ("currency", "JPY"), ("taxes_included", true), ("tax_rate", 0.1.json), ("discount", nil),
                ("shipping_price", nil), ("line_items", [["sku": "X", "quantity": 1, "price": "1000"]]),
            ]))
        #expect(order["total_price"] == "1000")
        #expect(order["total_tax"] == "91")
    }

    @Test("an order tells the language it was placed in where one is given, whatever that is")
    func language() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        #expect(shop.placeUsualOrder()["customer_locale"].isNull)
        #expect(shop.placeUsualOrder(JSONObject([("customer_locale", "fr-CA")]))["customer_locale"] == "fr-CA")
        #expect(shop.placeUsualOrder(JSONObject([("customer_locale", 7)]))["customer_locale"] == 7)
    }

    @Test("odd orders can be placed and mended: no address, a negative quantity")
    func oddOrders() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder(
            JSONObject([("shipping_address", nil), ("line_items", [["sku": "X", "quantity": -1, "price": "5"]])]))
        #expect(order["shipping_address"].isNull)
        #expect(order["line_items"][0]["quantity"] == -1)
        let mended = shop.control(
            "PATCH", "/orders/\(order["id"].int ?? 0)",
            ["shipping_address": ["address1": "1 Main St"], "line_items": [["sku": "MIE-ROBE-S", "quantity": 1]]]
        ).document
        #expect(mended["shipping_address"]["address1"] == "1 Main St")
        #expect(mended["line_items"][0]["sku"] == "MIE-ROBE-S")
        #expect(shop.topics.last == "orders/updated")
        #expect(shop.fulfillmentOrder(order)["line_items"][0]["fulfillable_quantity"] == 1)
    }

    @Test("the webhook signature is that of the contract page")
    func signature() {
        let body = ##"{"id":5678901234,"name":"#1001","financial_status":"paid","total_price":"149.00"}"##
        let signature = ShopifySimulator.signature(Array(body.utf8), secret: "shopify-app-client-secret-example")
        #expect(signature == "nqZkGrcMjdU5zecDvxpOMe06PpevYVA7r3kGfceVO7k=")
    }

    @Test("a wrong token is 401 and an unknown path 404")
    func door() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        #expect(
            shop.send("GET", "/admin/api/2023-01/orders.json", headers: ["x-shopify-access-token": "no"]).status == 401)
        #expect(shop.rest("POST", "orders/1/fulfillments.json", [:]).status == 406)
        #expect(shop.rest("GET", "nothing.json").document["errors"] == "Not Found")
    }

    @Test("the bucket overflows with a decimal Retry-After and leaks again")
    func bucket() {
        var settings = ShopifySettings.test
        (settings.bucketSize, settings.leakPerSecond) = (2, 2)
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle(settings)
        #expect(shop.rest("GET", "orders.json").header("X-Shopify-Shop-Api-Call-Limit") == "1/2")
        #expect(shop.rest("GET", "orders.json").status == 200)
        let full = shop.rest("GET", "orders.json")
        #expect(full.status == 429)
        #expect(full.header("Retry-After") == "1.0")
        shop.now += 1
        #expect(shop.rest("GET", "orders.json").status == 200)
    }

    @Test("pages are walked by Link, and a cursor bears no other filter")
    func paging() throws {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        for _ in 0..<5 { _ = shop.placeUsualOrder() }
        var seen: [Int] = []
        var next: String? = "orders.json?status=any&limit=2"
        while let path = next {
            let page = shop.rest("GET", path)
            seen += page.document["orders"].array?.compactMap { $0["id"].int } ?? []
            let links = page.header("Link") ?? ""
            next = links.firstMatch(of: /orders\.json\?[^>]*(?=>; rel="next")/).map { String($0.output) }
        }
        #expect(seen == (0..<5).map { 5_678_901_234_571 - $0 })
        let link = try #require(shop.rest("GET", "orders.json?limit=2").header("Link"))
        let cursor = try #require(link.firstMatch(of: /page_info=([^>&]+)/)).output.1
        #expect(shop.rest("GET", "orders.json?limit=2&page_info=\(cursor)").status == 200)
        #expect(shop.rest("GET", "orders.json?status=any&page_info=\(cursor)").status == 400)
        #expect(shop.rest("GET", "orders.json?page=2").status == 400)
    }

    @Test("PUT replaces the tags; tagsAdd and tagsRemove are additive and idempotent")
    func tags() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let id = shop.placeUsualOrder(JSONObject([("tags", "VIP")]))["id"].int ?? 0
        let add = #"mutation($id:ID!,$tags:[String!]!){tagsAdd(id:$id,tags:$tags){node{id} userErrors{field message}}}"#
        func body(_ query: String, _ order: Int) -> JSON {
            [
                "query": .string(query),
                "variables": ["id": .string("gid://shopify/Order/\(order)"), "tags": ["SENT_TO_NS"]],
            ]
        }
        let path = "/admin/api/2024-07/graphql.json"
        shop.forgetWebhooks()
        let added = shop.send("POST", path, body(add, id)).document
        #expect(added["data"]["tagsAdd"] == ["node": ["id": .string("gid://shopify/Order/\(id)")], "userErrors": []])
        #expect(added["extensions"]["cost"]["actualQueryCost"] == 10)
        _ = shop.send("POST", path, body(add, id))
        #expect(shop.topics == ["orders/updated"])
        #expect(shop.rest("GET", "orders/\(id).json").document["order"]["tags"] == "VIP, SENT_TO_NS")
        let unknown = shop.send("POST", path, body(add, 1))
        #expect(unknown.document["data"]["tagsAdd"]["userErrors"][0]["message"].string != nil)
        #expect(!unknown.applied)
        _ = shop.send("POST", path, body(add.replacing("tagsAdd", with: "tagsRemove"), id))
        #expect(shop.rest("GET", "orders/\(id).json").document["order"]["tags"] == "VIP")
        let put = shop.rest("PUT", "orders/\(id).json", ["order": ["id": .int(id), "tags": "A, B"]])
        #expect(put.document["order"]["tags"] == "A, B")
        #expect(
            shop.send("POST", path, ["query": "mutation{orderDelete(id:\"1\"){id}}"]).document["errors"][0]["message"]
                .string != nil)
    }
}
