import Foundation
import Testing

@testable import ProviderSimulators

extension SimulatorBundle where State == DCLSimulator {
    static func makeBundle() -> Self {
        let settings = DCLSettings(
            accountNumber: "10501", username: "mienne_api", password: "s3cret!", webhookSecret: "secret",
            webhookURL: "http://gateway.test/webhooks/dcl/ws_1", bucketSize: 1000, leakPerSecond: 500)
        return Self(
            DCLSimulator(settings, idOffset: .pinned(0)),
            headers: ["authorization": "Basic bWllbm5lX2FwaTpzM2NyZXQh"])
    }

    mutating func submit(_ orders: [JSON], allowPartial: Bool = true) -> SimulatedResponse {
        send("POST", "/api/v1/batches", ["allow_partial": .bool(allowPartial), "orders": .array(orders)])
    }

    mutating func order(_ number: String) -> JSON {
        send("GET", "/api/v1/orders?order_numbers=\(number)").document["orders"][0]
    }

    static func order(_ number: String, sku: String = "MIE-ROBE-S", _ changes: JSONObject = JSONObject()) -> JSON {
        let order = JSONObject([
            ("order_number", .string(number)), ("account_number", "10501"), ("freight_account", "00500"),
            ("shipping_carrier", "UPS"), ("shipping_service", "GROUND"),
            (
                "shipping_address",
                ["attention": "Ana Ruiz", "address1": "92 Chestnut St", "city": "Louisville", "country_code": "US"]
            ),
            (
                "lines",
                [
                    ["line_number": 1, "item_number": .string(sku), "quantity": 2],
                    ["line_number": 2, "item_number": "MIE-SLIP-S", "quantity": 1],
                ]
            ),
        ])
        return .object(order.merging(changes))
    }
}

@Suite("DCL")
struct DCLTests {
    typealias Warehouse = SimulatorBundle<DCLSimulator>

    @Test("a batch answers on both levels, and a partial one keeps the good orders")
    func partialBatch() {
        var warehouse = Warehouse.makeBundle()
        let answer = warehouse.submit([Warehouse.order("SO1"), Warehouse.order("SO2", sku: "NOPE")])
        #expect(answer.status == 201)
        #expect(answer.document["error_code"] == 0)
        let statuses = answer.document["order_statuses"]
        #expect(statuses[0]["error_code"] == 0)
        #expect(statuses[1]["error_code"] == 1001)
        #expect(statuses[1]["error_message"] == "Item number 'NOPE' is not set up for account 10501.")
        #expect(warehouse.order("SO1")["order_stage"] == 10)
        #expect(warehouse.order("SO2").isNull)
    }

    @Test("without allow_partial one bad order rejects all")
    func wholeBatch() {
        var warehouse = Warehouse.makeBundle()
        let answer = warehouse.submit(
            [Warehouse.order("SO1"), Warehouse.order("SO2", sku: "NOPE")], allowPartial: false)
        #expect(answer.status == 400)
        #expect(answer.document["error_code"] == 1001)
        #expect(warehouse.order("SO1").isNull)
    }

    @Test("an order number is good once, also after a cancellation")
    func uniqueNumber() {
        var warehouse = Warehouse.makeBundle()
        _ = warehouse.submit([Warehouse.order("SO1")])
        let twice = warehouse.submit([Warehouse.order("SO1")])
        #expect(twice.document["order_statuses"][0]["error_message"].string?.contains("already exists") == true)
        #expect(!twice.applied)
        #expect(cancel(&warehouse, "SO1").document["error_code"] == 0)
        #expect(warehouse.submit([Warehouse.order("SO1")]).document["order_statuses"][0]["error_code"] == 1002)
        #expect(warehouse.submit([Warehouse.order("SO1-2")]).document["order_statuses"][0]["error_code"] == 0)
    }

    @Test(
        "field rules are kept",
        arguments: [
            ("order_number", "SO 1"), ("order_number", .string(String(repeating: "1", count: 26))),
            ("account_number", "99"),
            ("freight_account", nil), ("shipping_carrier", nil), ("shipping_address", nil), ("lines", []),
        ] as [(String, JSON)])
    func fieldRules(name: String, value: JSON) {
        var warehouse = Warehouse.makeBundle()
        let answer = warehouse.submit([Warehouse.order("SO1", JSONObject([(name, value)]))])
        #expect(answer.document["order_statuses"][0]["error_code"] != 0)
    }

    @Test("an order is cancelled before the pick list is printed, and twice is once")
    func cancelling() {
        var warehouse = Warehouse.makeBundle()
        _ = warehouse.submit([Warehouse.order("SO1"), Warehouse.order("SO2")])
        #expect(cancel(&warehouse, "SO1").document["error_code"] == 0)
        #expect(cancel(&warehouse, "SO1").document["error_code"] == 0)
        #expect(warehouse.order("SO1")["order_stage"] == 2)
        #expect(warehouse.order("SO1")["is_cancelled"] == true)
        _ = warehouse.control("POST", "/orders/SO2/stage", ["stage": 20])
        let late = cancel(&warehouse, "SO2")
        #expect(late.status == 200)
        #expect(late.document["error_code"] == 409)
        #expect(!late.applied)
    }

    @Test("two packages: partially, then fully shipped, then delivered by hint")
    func shipping() {
        var warehouse = Warehouse.makeBundle()
        _ = warehouse.submit([Warehouse.order("SO1")])
        #expect(warehouse.order("SO1")["shipments"].isNull)
        let first: JSON = [
            "packages": [
                ["tracking_number": "1ZA", "carrier": "UPS", "lines": [["sku": "MIE-ROBE-S", "quantity": 2]]]
            ]
        ]
        #expect(warehouse.control("POST", "/orders/SO1/ship", first).document["order_stage"] == 50)
        #expect(warehouse.control("POST", "/orders/SO1/ship", first).status == 422)
        #expect(warehouse.control("POST", "/orders/SO1/ship").document["order_stage"] == 60)
        let shipments = warehouse.order("SO1")["shipments"]
        #expect(shipments.array?.count == 2)
        #expect(shipments[0]["packages"][0]["shipped_items"][0]["quantity"] == 2)
        #expect(shipments[1]["packages"][0]["tracking_number"].string?.hasPrefix("1Z") == true)
        #expect(warehouse.control("POST", "/orders/SO1/deliver", ["tracking_number": "1ZA"]).status == 200)
        #expect(warehouse.topics == ["shipped", "shipped", "delivered"])
        #expect(warehouse.webhooks[0].headers.contains(.init(name: "X-Webhook-Token", value: "secret")))
    }

    @Test("a refused SKU is told in a sentence until it is allowed again")
    func refusing() {
        var warehouse = Warehouse.makeBundle()
        _ = warehouse.control("POST", "/refuse", ["sku": "MIE-ROBE-S"])
        let refused = warehouse.submit([Warehouse.order("SO1")]).document["order_statuses"][0]
        #expect(refused["error_message"].string?.hasPrefix("Item number 'MIE-ROBE-S' is not available") == true)
        _ = warehouse.control("DELETE", "/refuse")
        #expect(warehouse.submit([Warehouse.order("SO1")]).document["order_statuses"][0]["error_code"] == 0)
    }

    @Test("automation ships and delivers, and what was planned before it was switched off is left alone")
    func automation() throws {
        var warehouse = Warehouse.makeBundle()
        _ = warehouse.control("POST", "/auto", ["ship_after_ms": 100, "deliver_after_ms": 100])
        _ = warehouse.submit([Warehouse.order("SO1"), Warehouse.order("SO2")])
        warehouse.perform(try #require(warehouse.later.first))
        #expect(warehouse.order("SO1")["order_stage"] == 60)
        warehouse.perform(try #require(warehouse.later.last))
        #expect(warehouse.topics == ["shipped", "delivered"])
        _ = warehouse.control("POST", "/auto", ["ship_after_ms": nil, "deliver_after_ms": nil])
        warehouse.perform(warehouse.later[1])
        #expect(warehouse.order("SO2")["order_stage"] == 10)
    }

    @Test("a short close is final and ships no more")
    func shortClose() {
        var warehouse = Warehouse.makeBundle()
        _ = warehouse.submit([Warehouse.order("SO1")])
        #expect(
            warehouse.control("POST", "/orders/SO1/stage", ["stage": 62]).document["stage_description"]
                == "Closed Short")
        #expect(warehouse.control("POST", "/orders/SO1/ship").status == 409)
        #expect(warehouse.topics == ["stage"])
    }

    @Test("wrong credentials are 401; announcements are unique; receipts are listed")
    func inbound() {
        var warehouse = Warehouse.makeBundle()
        #expect(warehouse.send("GET", "/api/v1/orders", headers: ["authorization": "Basic no"]).status == 401)
        let notice: JSON = [
            "account_number": "10501", "location": "FR", "reference_transaction_number": "PO1-1",
            "reference_order_number": "PO1", "order_date": "2026-03-01", "expected_delivery_date": "2026-03-20",
            "lines": [["line_number": 1, "item_number": "MIE-ROBE-S", "quantity": 500]],
        ]
        #expect(warehouse.send("POST", "/api/v1/po_notifications", notice).document["dcl_po_number"] == 182_759)
        #expect(warehouse.send("POST", "/api/v1/po_notifications", notice).status == 400)
        _ = warehouse.control(
            "POST", "/receipts",
            ["reference_transaction_number": "PO1-1", "lines": [["sku": "MIE-ROBE-S", "quantity": 480]]])
        let receipts = warehouse.send("GET", "/api/v1/po_receipts?reference_transaction_number=PO1-1").document
        #expect(receipts["po_receipts"][0]["quantity"] == 480)
        #expect(receipts["po_receipts"][0]["dcl_po_number"] == 182_759)
    }

    private func cancel(_ warehouse: inout Warehouse, _ number: String) -> SimulatedResponse {
        warehouse.send("PUT", "/api/v1/orders/\(number)/cancel", ["account_number": "10501"])
    }
}
