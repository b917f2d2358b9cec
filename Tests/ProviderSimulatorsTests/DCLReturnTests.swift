import Testing

@testable import ProviderSimulators

@Suite("DCL returns")
struct DCLReturnTests {
    private typealias Warehouse = SimulatorBundle<DCLSimulator>

    @Test("a return is announced once, and wrong ones are refused")
    func create() {
        var warehouse = Warehouse.makeBundle()
        #expect(warehouse.announce().status == 201)
        #expect(warehouse.announce().document["error_code"] == 1002)
        let odd: [(String, JSON)] = [
            ("rma_type", "T09"), ("disposition", "keep"), ("shipping_address", ["attention": "Ana"]), ("lines", []),
            ("lines", [["item_number": "NOPE", "quantity": 1]]),
            ("lines", [["item_number": "MIE-ROBE-S", "quantity": 0]]), ("rma_date", "yesterday"),
            ("comments", .string(String(repeating: "x", count: 256))), ("order_amount", "12"),
        ]
        for (name, value) in odd {
            let answer = warehouse.announce(JSONObject([("rma_number", "RA2"), (name, value)]))
            #expect(answer.status == 400, "\(name)")
        }
        #expect(warehouse.read("RA2").isNull)
        #expect(warehouse.send("GET", "/api/v1/rmas?rma_numbers=RA2").document["rmas"].isNull)
    }

    @Test("units come in parts, are graded later, and what nobody announced is told too")
    func receive() {
        var warehouse = Warehouse.makeBundle()
        _ = warehouse.announce()
        _ = warehouse.control(
            "POST", "/rmas/RA1/receive",
            ["lines": [["sku": "MIE-ROBE-S", "quantity": 1], ["sku": "MIE-SLIP-M", "quantity": 1, "condition": "C"]]])
        var entry = warehouse.read("RA1")
        #expect(entry["rma_stage"] == 50)
        #expect(entry["lines"][0]["receipts"][0]["condition"].isNull)
        #expect(entry["lines"][1]["quantity"] == 0)
        #expect(warehouse.topics == ["return"])
        _ = warehouse.control(
            "POST", "/rmas/RA1/grade", ["lines": [["sku": "MIE-ROBE-S", "condition": "B"]]])
        _ = warehouse.control("POST", "/rmas/RA1/receive")
        entry = warehouse.read("RA1")
        #expect(entry["rma_stage"] == 60)
        #expect(entry["lines"][0]["receipts"].array?.map { $0["condition"] } == ["B", "A"])
        #expect(entry["lines"][0]["received_quantity"] == 2)
        #expect(warehouse.topics.count == 3)
        #expect(warehouse.control("POST", "/rmas/RA1/receive").status == 409)
        #expect(
            warehouse.control("POST", "/rmas/RA1/grade", ["lines": [["sku": "MIE-ROBE-S", "condition": "A"]]]).status
                == 409)
    }

    @Test("a return is cancelled until anything came in, and cancelling twice is no error")
    func cancel() {
        var warehouse = Warehouse.makeBundle()
        _ = warehouse.announce()
        let body: JSON = ["account_number": "10501"]
        #expect(warehouse.send("PUT", "/api/v1/rmas/RA9/cancel", body).status == 404)
        #expect(warehouse.send("PUT", "/api/v1/rmas/RA1/cancel", [:]).status == 400)
        for _ in 1...2 { #expect(warehouse.send("PUT", "/api/v1/rmas/RA1/cancel", body).document["error_code"] == 0) }
        #expect(warehouse.read("RA1")["is_cancelled"] == true)
        #expect(warehouse.control("POST", "/rmas/RA1/receive").status == 409)
        _ = warehouse.announce(JSONObject([("rma_number", "RA2")]))
        _ = warehouse.control("POST", "/rmas/RA2/receive")
        let late = warehouse.send("PUT", "/api/v1/rmas/RA2/cancel", body)
        #expect(late.status == 200)
        #expect(late.document["error_code"] == 409)
    }
}

extension SimulatorBundle where State == DCLSimulator {
    fileprivate mutating func announce(_ changes: JSONObject = JSONObject()) -> SimulatedResponse {
        let usual = JSONObject([
            ("rma_number", "RA1"), ("rma_type", "T01"), ("disposition", "D1"),
            (
                "shipping_address",
                ["attention": "Ana Ruiz", "address1": "92 Chestnut St", "city": "Louisville", "country_code": "US"]
            ), ("lines", [["item_number": "MIE-ROBE-S", "quantity": 2]]),
        ])
        return send("POST", "/api/v1/rmas", .object(usual.merging(changes)))
    }

    fileprivate mutating func read(_ number: String) -> JSON {
        send("GET", "/api/v1/rmas?rma_numbers=\(number)").document["rmas"][0]
    }
}
