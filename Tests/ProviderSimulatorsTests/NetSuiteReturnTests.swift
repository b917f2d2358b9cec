import Testing

@testable import ProviderSimulators

@Suite("NetSuite returns")
struct NetSuiteReturnTests {
    @Test("only what was fulfilled may come back, each unit once")
    func authorize() {
        var erp = NetSuiteBundle()
        let order = erp.createOrder()
        #expect(erp.authorize(order, "ret-1", [(1, 1)]).status == 400)
        erp.ship(order)
        #expect(erp.authorize(order, "ret-1", [(1, 3)]).status == 400)
        #expect(erp.authorize(order, "ret-1", [(7, 1)]).status == 400)
        let answer = erp.authorize(order, "ret-1", [(1, 1)])
        #expect(answer.status == 204)
        #expect(!erp.authorize(order, "ret-1", [(1, 1)]).document["o:errorDetails"][0]["o:errorCode"].isNull)
        let entry = erp.record("returnAuthorization", answer.id)
        #expect(entry["status"]["id"] == "B")
        #expect(entry["item"]["items"].array?.count == 1)
        #expect(entry["item"]["items"][0]["quantityReceived"] == .number("0.0"))
        #expect(erp.authorize(order, "ret-2", [(1, 2)]).status == 400)
    }

    @Test("without replace the lines that are left out come along in full")
    func whole() {
        var erp = NetSuiteBundle()
        let order = erp.createOrder()
        erp.ship(order)
        let answer = erp.send(
            "POST", "record/v1/salesOrder/\(order)/!transform/returnAuthorization",
            ["externalId": "ret-1", "item": ["items": [["orderLine": 1, "quantity": 1]]]])
        #expect(erp.record("returnAuthorization", answer.id)["item"]["items"].array?.count == 2)
    }

    @Test("received units are credited, at amounts of their own, and the authorization follows")
    func credit() {
        var erp = NetSuiteBundle()
        let order = erp.createOrder()
        erp.ship(order)
        let id = erp.authorize(order, "ret-1", [(1, 2), (2, 1)]).id
        #expect(erp.transform(id, "creditMemo", ["externalId": "cm-0"]).status == 400)
        let lines: JSON = [
            ["orderLine": 1, "itemReceive": true, "quantity": 1, "restock": false, "location": ["id": "2"]],
            ["orderLine": 2, "itemReceive": false],
        ]
        #expect(erp.transform(id, "itemReceipt", ["externalId": "r-1", "item": ["items": lines]]).status == 204)
        #expect(erp.record("returnAuthorization", id)["status"]["id"] == "D")
        let credit: JSON = [
            "externalId": "cm-1", "shippingCost": 5,
            "item": ["items": [["orderLine": 1, "quantity": 1, "amount": .number("59.60")]]],
        ]
        let memo = erp.transform(id, "creditMemo?replace=item", credit)
        #expect(erp.record("creditMemo", memo.id)["total"] == .number("64.6"))
        #expect(erp.transform(id, "creditMemo?replace=item", credit).status == 400)
        _ = erp.transform(id, "itemReceipt", ["externalId": "r-2"])
        #expect(erp.record("returnAuthorization", id)["status"]["id"] == "F")
        #expect(erp.transform(id, "cashRefund", ["externalId": "cr-1"]).status == 204)
        #expect(erp.record("returnAuthorization", id)["status"]["id"] == "G")
    }

    @Test("an account without Advanced Receiving has no receipts, and receives with the credit")
    func withoutReceipts() {
        var erp = NetSuiteBundle()
        let order = erp.createOrder()
        erp.ship(order)
        let id = erp.authorize(order, "ret-1", [(1, 2)]).id
        #expect(erp.account.control("POST", "/features", ["advanced_receiving": false]).status == 200)
        #expect(erp.transform(id, "itemReceipt", ["externalId": "r-1"]).status == 404)
        #expect(erp.send("GET", "record/v1/itemReceipt").status == 404)
        let credit: JSON = ["externalId": "cm-1", "item": ["items": [["orderLine": 1, "quantity": 1]]]]
        #expect(erp.transform(id, "creditMemo?replace=item", credit).status == 204)
        #expect(erp.record("returnAuthorization", id)["status"]["id"] == "D")
        #expect(erp.record("returnAuthorization", id)["item"]["items"][0]["quantityReceived"] == .number("1.0"))
        #expect(erp.transform(id, "creditMemo", ["externalId": "cm-2"]).status == 204)
        #expect(erp.record("returnAuthorization", id)["status"]["id"] == "G")
    }

    @Test("units that cannot be sold again do not go into stock")
    func restock() {
        var erp = NetSuiteBundle()
        let order = erp.createOrder()
        erp.ship(order)
        let id = erp.authorize(order, "ret-1", [(1, 2)]).id
        for (number, restock) in [(1, true), (2, false)] {
            let line: JSON = [
                "orderLine": 1, "itemReceive": true, "quantity": 1, "restock": .bool(restock), "location": ["id": "2"],
            ]
            _ = erp.transform(
                id, "itemReceipt", ["externalId": .string("r-\(number)"), "item": ["items": [line]]])
        }
        let rows = erp.rows("SELECT quantityonhand FROM aggregateitemlocation WHERE item = 9001 AND location = 2")
        #expect(rows.map { $0["quantityonhand"] } == ["1"])
    }

    @Test("a closed authorization receives nothing, and what came back before is still credited")
    func close() {
        var erp = NetSuiteBundle()
        let order = erp.createOrder()
        erp.ship(order)
        let id = erp.authorize(order, "ret-1", [(1, 2)]).id
        let line: JSON = ["orderLine": 1, "itemReceive": true, "quantity": 1, "location": ["id": "2"]]
        _ = erp.transform(id, "itemReceipt", ["externalId": "r-1", "item": ["items": [line]]])
        let closing: JSON = ["item": ["items": [["line": 1, "isClosed": true]]]]
        #expect(erp.send("PATCH", "record/v1/returnAuthorization/\(id)", closing).status == 204)
        #expect(erp.record("returnAuthorization", id)["status"]["id"] == "F")
        #expect(erp.transform(id, "itemReceipt", ["externalId": "r-2"]).status == 400)
        #expect(erp.transform(id, "creditMemo", ["externalId": "cm-1"]).status == 204)
        let other = erp.authorize(order, "ret-2", [(1, 1)]).id
        #expect(erp.send("PATCH", "record/v1/returnAuthorization/\(other)", closing).status == 204)
        #expect(erp.record("returnAuthorization", other)["status"]["id"] == "H")
    }
}

extension NetSuiteBundle {
    fileprivate mutating func ship(_ order: Int) {
        _ = send("POST", "record/v1/salesOrder/\(order)/!transform/itemFulfillment", ["shipStatus": ["id": "C"]])
    }

    fileprivate mutating func authorize(
        _ order: Int, _ external: String, _ lines: [(line: Int, quantity: Int)]
    ) -> SimulatedResponse {
        let items = lines.map { line -> JSON in ["orderLine": .int(line.line), "quantity": .int(line.quantity)] }
        return send(
            "POST", "record/v1/salesOrder/\(order)/!transform/returnAuthorization?replace=item",
            ["externalId": .string(external), "orderStatus": ["id": "B"], "item": ["items": .array(items)]])
    }

    fileprivate mutating func transform(_ id: Int, _ target: String, _ body: JSON) -> SimulatedResponse {
        send("POST", "record/v1/returnAuthorization/\(id)/!transform/\(target)", body)
    }

    fileprivate mutating func record(_ type: String, _ id: Int) -> JSON {
        send("GET", "record/v1/\(type)/\(id)?expandSubResources=true").document
    }
}

extension SimulatedResponse {
    fileprivate var id: Int { header("Location")?.split(separator: "/").last.flatMap { Int($0) } ?? 0 }
}
