import Testing

@testable import ProviderSimulators

@Suite("NetSuite orders")
struct NetSuiteOrderTests {
    @Test("a sales order is created once by its external id and read by both ids")
    func create() {
        var erp = NetSuiteBundle()
        let answer = erp.send("POST", "record/v1/salesOrder", NetSuiteBundle.order(externalID: "shopify-1"))
        #expect(answer.status == 204)
        #expect(answer.body == .empty)
        #expect(answer.header("Location") == "http://sim.test/netsuite/services/rest/record/v1/salesOrder/98431")
        let twice = erp.send("POST", "record/v1/salesOrder", NetSuiteBundle.order(externalID: "shopify-1"))
        #expect(twice.status == 400)
        #expect(twice.document["o:errorDetails"][0]["detail"].string?.contains("already exists") == true)
        let read = erp.send("GET", "record/v1/salesOrder/eid:shopify-1?expandSubResources=true").document
        #expect(read["id"] == "98431")
        #expect(read["tranId"] == "SO10045")
        #expect(read["status"]["id"] == "B")
        #expect(read["total"] == .number("183.0"))
        #expect(read["item"]["items"][0]["item"]["refName"] == "MIE-ROBE-S")
        #expect(read["custbody_sent_to_3pl"] == false)
    }

    @Test("an unknown property is refused when asked for and dropped otherwise")
    func propertyNames() {
        var erp = NetSuiteBundle()
        var body = NetSuiteBundle.order(externalID: "a").object ?? JSONObject()
        body["shiptocity"] = "Louisville"
        #expect(erp.send("POST", "record/v1/salesOrder", .object(body)).status == 400)
        #expect(erp.send("POST", "record/v1/salesOrder", .object(body), strict: false).status == 204)
        #expect(erp.order(98431)["shiptocity"].isNull)
        body["shiptocity"] = nil
        body["custbody_Sent"] = true
        #expect(erp.send("POST", "record/v1/salesOrder", .object(body)).status == 400)
    }

    @Test("references must exist", arguments: ["item", "entity", "location"])
    func references(name: String) {
        var erp = NetSuiteBundle()
        var body = NetSuiteBundle.order(externalID: "a").object ?? JSONObject()
        if name == "item" {
            body["item"] = ["items": [["item": ["id": "9999"], "quantity": 1]]]
        } else {
            body[name] = ["id": "9999"]
        }
        let answer = erp.send("POST", "record/v1/salesOrder", .object(body))
        #expect(answer.status == 400)
        #expect(answer.document["o:errorDetails"][0]["o:errorPath"].string?.contains(name) == true)
    }

    @Test("an order is shipped in parts, then billed: B, D, F, G")
    func lifeCycle() {
        var erp = NetSuiteBundle()
        let id = erp.createOrder()
        let first = fulfil(&erp, id, "dcl-1", [(1, 1), (2, nil)])
        #expect(first.status == 204)
        #expect(erp.order(id)["status"]["id"] == "D")
        #expect(fulfil(&erp, id, "dcl-1", [(1, 1), (2, nil)]).status == 400)
        #expect(fulfil(&erp, id, "dcl-2", [(1, 2), (2, nil)]).status == 400)
        #expect(fulfil(&erp, id, "dcl-2", [(1, 1), (2, 1)]).status == 204)
        #expect(erp.order(id)["status"]["id"] == "F")
        #expect(fulfil(&erp, id, "dcl-3", []).status == 400)
        let sale = erp.send("POST", "record/v1/salesOrder/\(id)/!transform/cashSale", ["externalId": "cs-1"])
        #expect(sale.status == 204)
        #expect(erp.order(id)["status"]["id"] == "G")
        let state = erp.account.state.snapshot()
        #expect(state["itemFulfillments"].array?.count == 2)
        #expect(state["cashSales"].array?.count == 1)
    }

    @Test("lines that a fulfilment leaves out are shipped")
    func omittedLines() {
        var erp = NetSuiteBundle()
        let id = erp.createOrder()
        #expect(fulfil(&erp, id, "dcl-1", [(1, 2)]).status == 204)
        #expect(erp.order(id)["status"]["id"] == "F")
        #expect(erp.send("POST", "record/v1/salesOrder/\(id)/!transform/cashSale", [:]).status == 204)
    }

    @Test("a fulfilment is only made by a transform, and billing only follows shipping")
    func onlyByTransform() {
        var erp = NetSuiteBundle()
        let id = erp.createOrder()
        #expect(erp.send("POST", "record/v1/itemFulfillment", [:]).status == 400)
        #expect(erp.send("POST", "record/v1/salesOrder/\(id)/!transform/cashSale", [:]).status == 400)
    }

    @Test("closing every line closes the order, but not once something was shipped")
    func closing() {
        var erp = NetSuiteBundle()
        let close: JSON = ["item": ["items": [["line": 1, "isClosed": true], ["line": 2, "isClosed": true]]]]
        let shipped = erp.createOrder(externalID: "a")
        _ = fulfil(&erp, shipped, "dcl-1", [(1, 1), (2, nil)])
        #expect(erp.send("PATCH", "record/v1/salesOrder/\(shipped)", close).status == 400)
        let open = erp.createOrder(externalID: "b")
        #expect(erp.send("PATCH", "record/v1/salesOrder/\(open)", close).status == 204)
        #expect(erp.order(open)["status"] == ["id": "H", "refName": "Closed"])
        #expect(fulfil(&erp, open, "dcl-2", []).status == 400)
        #expect(erp.send("PATCH", "record/v1/salesOrder/\(open)", ["custbody_sent_to_3pl": true]).status == 204)
        #expect(erp.order(open)["custbody_sent_to_3pl"] == true)
    }

    @Test("a purchase order is received in parts")
    func receipts() {
        var erp = NetSuiteBundle()
        let order = erp.account.control(
            "POST", "/purchase-orders", ["lines": [["sku": "MIE-ROBE-S", "quantity": 500]]])
        let id = order.document["id"].string ?? ""
        func receive(_ quantity: Int, _ external: String) -> SimulatedResponse {
            erp.send(
                "POST", "record/v1/purchaseOrder/\(id)/!transform/itemReceipt",
                [
                    "externalId": .string(external),
                    "item": ["items": [["orderLine": 1, "itemReceive": true, "quantity": .int(quantity)]]],
                ])
        }
        #expect(receive(480, "r1").status == 204)
        #expect(erp.rows("SELECT t.status FROM transaction t WHERE t.type = 'PurchOrd'")[0]["status"] == "D")
        #expect(receive(21, "r2").status == 400)
        #expect(receive(20, "r2").status == 204)
        #expect(erp.rows("SELECT t.status FROM transaction t WHERE t.status = 'PurchOrd:F'").count == 1)
    }

    private func fulfil(
        _ erp: inout NetSuiteBundle, _ id: Int, _ external: String, _ lines: [(line: Int, quantity: Int?)]
    ) -> SimulatedResponse {
        let items = lines.map { line -> JSON in
            guard let quantity = line.quantity else { return ["orderLine": .int(line.line), "itemReceive": false] }
            return [
                "orderLine": .int(line.line), "itemReceive": true, "quantity": .int(quantity), "location": ["id": "1"],
            ]
        }
        return erp.send(
            "POST", "record/v1/salesOrder/\(id)/!transform/itemFulfillment",
            [
                "externalId": .string(external), "shipStatus": ["id": "C"], "item": ["items": .array(items)],
                "package": ["items": [["packageTrackingNumber": "1Z"]]],
            ])
    }
}
