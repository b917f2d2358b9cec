import Foundation
import Testing

@testable import ProviderSimulators

@Suite("Shopify refunds by mutation")
struct ShopifyRefundMutationTests {
    private typealias Bundle = SimulatorBundle<ShopifySimulator>

    @Test("one key is one refund for a day, and a refund of its own after it")
    func key() {
        var shop = Bundle.makeBundle()
        let order = shop.placeUsualOrder()
        let first = shop.refund(order, "20.00", key: "k1")
        #expect(first.document["data"]["refundCreate"]["refund"]["transactions"]["nodes"][0]["status"] == "SUCCESS")
        #expect(first.applied)
        let again = shop.refund(order, "20.00", key: "k1")
        #expect(again.document["data"] == first.document["data"])
        #expect(!again.applied)
        #expect(shop.refunds(order) == 1)
        shop.now += 86_401
        #expect(shop.refund(order, "20.00", key: "k1").applied)
        #expect(shop.refunds(order) == 2)
    }

    @Test("a key with other parameters is refused, and one of a refused refund is free again")
    func mismatch() {
        var shop = Bundle.makeBundle()
        let order = shop.placeUsualOrder()
        #expect(shop.refund(order, "155.13", key: "k1").userError?.contains("is greater than") == true)
        #expect(shop.refund(order, "20.00", key: "k1").userError == nil)
        #expect(shop.refund(order, "30.00", key: "k1").userError?.contains("different operation parameters") == true)
        #expect(shop.refunds(order) == 1)
    }

    @Test("the key is unknown to old versions and required by new ones")
    func versions() {
        var shop = Bundle.makeBundle()
        let order = shop.placeUsualOrder()
        #expect(shop.refund(order, "1.00", key: "k", version: "2025-10").error?.contains("@idempotent") == true)
        #expect(shop.refund(order, "1.00", key: nil, version: "2025-10").userError == nil)
        #expect(shop.refund(order, "1.00", key: nil, version: "2026-01").userError == nil)
        #expect(shop.refund(order, "1.00", key: nil, version: "2026-04").error?.contains("required") == true)
        #expect(shop.refunds(order) == 2)
    }

    @Test("fields, enumerations and selections nobody knows are refused before anything is done")
    func strictness() {
        var shop = Bundle.makeBundle()
        let order = shop.placeUsualOrder()
        let odd: [(String, JSON)] = [
            ("amount", "20.00"), ("shipping", ["amount": "1.00", "full": true]),
            ("refundLineItems", [["lineItemId": "gid://shopify/LineItem/1", "quantity": 1, "restockType": "return"]]),
            ("refundLineItems", [["quantity": 1]]), ("transactions", [["kind": "REFUND", "amount": "1.00"]]),
        ]
        for (name, value) in odd {
            let answer = shop.refund(order, "20.00", key: "k", changes: [name: value])
            #expect(answer.error?.contains("invalid value") == true, "\(name)")
        }
        let query = "mutation($input:RefundInput!){refundCreate(input:$input) @idempotent(key:\"a\"){refund{total}}}"
        #expect(shop.send("POST", "/admin/api/2026-04/graphql.json", ["query": .string(query)]).error != nil)
        #expect(shop.refunds(order) == 0)
    }

    @Test("a foreign order, gateway or duty, and store credit without a customer, are refused")
    func foreign() {
        var shop = Bundle.makeBundle()
        let order = shop.placeUsualOrder()
        let odd: [(String, JSON)] = [
            ("orderId", "gid://shopify/Order/1"), ("currency", "EUR"),
            ("refundDuties", [["dutyId": "gid://shopify/Duty/1", "refundType": "FULL"]]),
            ("refundMethods", [["storeCreditRefund": ["amount": ["amount": "500.00", "currencyCode": "USD"]]]]),
        ]
        for (name, value) in odd {
            #expect(shop.refund(order, "20.00", key: "k", changes: [name: value]).userError != nil, "\(name)")
        }
        #expect(shop.refund(order, "20.00", key: "k", gateway: "paypal").userError?.contains("gateway") == true)
        #expect(shop.refunds(order) == 0)
    }

    @Test("an order paid in another currency is told in both, and refunded in the customer's alone")
    func presentment() {
        var shop = Bundle.makeBundle()
        let order = shop.placeUsualOrder(JSONObject([("presentment_currency", "EUR"), ("shop_rate", "1.1")]))
        #expect(order["currency"] == "USD" && order["presentment_currency"] == "EUR")
        #expect(order["total_price"] == "170.63")
        #expect(order["total_price_set"]["shop_money"]["amount"] == "170.63")
        #expect(order["total_price_set"]["presentment_money"]["amount"] == "155.12")
        #expect(order["line_items"][0]["price"] == "81.95")
        #expect(shop.refund(order, "20.00", key: "k").userError?.contains("presentment") == true)
        #expect(shop.refund(order, "20.00", key: "k", changes: ["currency": "USD"]).userError != nil)
        #expect(shop.rest("POST", "orders/\(order["id"].int ?? 0)/refunds.json", ["refund": [:]]).status == 422)
        #expect(shop.refunds(order) == 0)
        #expect(shop.refund(order, "155.13", key: "k", changes: ["currency": "EUR"]).userError != nil)
        #expect(shop.refund(order, "155.12", key: "k", changes: ["currency": "EUR"]).userError == nil)
        let movement = shop.order(order)["refunds"][0]["transactions"][0]
        #expect(movement["amount"] == "155.12" && movement["currency"] == "EUR")
        #expect(shop.order(order)["financial_status"] == "refunded")
        #expect(shop.control("POST", "/orders", ["line_items": [[:]], "presentment_currency": "EUR"]).status == 422)
    }

    @Test("a pending refund that succeeds later tells so")
    func pending() {
        var shop = Bundle.makeBundle()
        let order = shop.placeUsualOrder()
        _ = shop.control("POST", "/refunds/outcome", ["status": "pending"])
        #expect(shop.control("POST", "/refunds/outcome", ["status": "odd"]).status == 422)
        _ = shop.refund(order, "155.12", key: "k")
        #expect(shop.topics.suffix(2) == ["refunds/create", "orders/updated"])
        #expect(shop.order(order)["financial_status"] == "paid")
        let id = shop.order(order)["refunds"][0]["id"].int ?? 0
        #expect(shop.control("POST", "/refunds/\(id)/succeed").status == 200)
        #expect(shop.topics.suffix(2) == ["order_transactions/create", "orders/updated"])
        #expect(shop.order(order)["financial_status"] == "refunded")
    }

    @Test("a dispute is opened and decided, each with its webhook")
    func dispute() {
        var shop = Bundle.makeBundle()
        let order = shop.placeUsualOrder()
        let dispute = shop.control("POST", "/orders/\(order["id"].int ?? 0)/disputes", [:]).document
        let decided = shop.control("POST", "/disputes/\(dispute["id"].int ?? 0)/lost")
        #expect(decided.document["status"] == "lost")
        #expect(shop.topics.suffix(2) == ["disputes/create", "disputes/update"])
        #expect(shop.control("POST", "/disputes/\(dispute["id"].int ?? 0)/odd").status == 404)
        #expect(shop.control("POST", "/disputes/1/won").status == 404)
    }
}

extension SimulatorBundle where State == ShopifySimulator {
    fileprivate mutating func refund(
        _ order: JSON, _ amount: String, key: String?, version: String = "2026-04",
        gateway: String = "shopify_payments", changes: [String: JSON] = [:]
    ) -> SimulatedResponse {
        let orderID = JSON.string("gid://shopify/Order/\(order["id"].int ?? 0)")
        var input = JSONObject([
            ("orderId", orderID), ("note", "x"),
            (
                "transactions",
                [
                    [
                        "orderId": orderID, "parentId": "gid://shopify/OrderTransaction/801038806", "kind": "REFUND",
                        "gateway": .string(gateway), "amount": .string(amount),
                    ]
                ]
            ),
        ])
        for (name, value) in changes { input[name] = value }
        let directive = key.map { " @idempotent(key:\"\($0)\")" } ?? ""
        let query =
            "mutation($input:RefundInput!){refundCreate(input:$input)\(directive){refund{id transactions(first:5)"
            + "{nodes{id status}}} userErrors{field message}}}"
        return send(
            "POST", "/admin/api/\(version)/graphql.json",
            ["query": .string(query), "variables": ["input": .object(input)]])
    }

    fileprivate mutating func order(_ order: JSON) -> JSON {
        rest("GET", "orders/\(order["id"].int ?? 0).json").document["order"]
    }

    fileprivate mutating func refunds(_ order: JSON) -> Int { self.order(order)["refunds"].array?.count ?? -1 }
}

extension SimulatedResponse {
    fileprivate var error: String? { document["errors"][0]["message"].string }
    fileprivate var userError: String? {
        document["data"]["refundCreate"]["userErrors"][0]["message"].string
    }
}
