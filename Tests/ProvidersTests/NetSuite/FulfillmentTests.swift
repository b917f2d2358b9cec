import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("NetSuite item fulfilments and cash sales")
struct FulfillmentTests {
    private let threeLines = """
        {"line":1,"item":{"id":"9001"},"quantity":2,"location":{"id":"7","refName":"Fremont"}},
        {"line":3,"item":{"id":"9002"},"quantity":1},{"line":4,"item":{"id":"9003"},"quantity":5,"quantityFulfilled":5}
        """

    private func shipment(_ quantities: [Int: Int]) -> NetSuiteShipmentDraft {
        NetSuiteShipmentDraft(
            externalID: "dcl-SO10045-1Z9", tranDate: "2026-03-05", memo: "DCL carton 1", quantities: quantities,
            packages: [.init(trackingNumber: "1Z9", weight: "0.9", description: "Carton 1")])
    }

    @Test("a partial shipment lists every line of the order and receives only what shipped")
    func everyLine() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, salesOrderJSON(lines: threeLines)),
            .answer(204, "", ["Location": "https://x/services/rest/record/v1/itemFulfillment/99120"]))
        #expect(try await netSuite(http).fulfill(salesOrder: "98431", shipment([1: 1, 3: 1])) == .created("99120"))
        #expect(
            http.lines[1]
                == "POST \(netSuiteBase)/services/rest/record/v1/salesOrder/98431/!transform/itemFulfillment")
        #expect(
            try json(http.body(1))
                == json(
                    """
                    {"externalId":"dcl-SO10045-1Z9","tranDate":"2026-03-05","memo":"DCL carton 1",
                     "shipStatus":{"id":"C"},
                     "item":{"items":[{"orderLine":1,"itemReceive":true,"quantity":1,"location":{"id":"7"}},
                       {"orderLine":3,"itemReceive":true,"quantity":1,"location":{"id":"1"}},
                       {"orderLine":4,"itemReceive":false}]},
                     "package":{"items":[{"packageTrackingNumber":"1Z9","packageWeight":0.9,
                       "packageDescr":"Carton 1"}]}}
                    """))
    }

    @Test("a shipment of a line the order does not have is refused before anything is sent")
    func unknownLine() async throws {
        for quantities in [[2: 1], [:], [1: 0]] {
            let http = ScriptedHTTPClient(.answer(200, salesOrderJSON(lines: threeLines)))
            let failure = try await failure {
                try await netSuite(http).fulfill(salesOrder: "98431", shipment(quantities))
            }
            #expect(failure.code == "unknown_order_line")
            #expect(http.requests.count == 1)
        }
    }

    @Test("a repeated shipment is found by its external id, whatever the refusal says")
    func repeated() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, salesOrderJSON(status: "F", lines: threeLines)),
            netSuiteError(400, "USER_ERROR", "You must have at least one valid line item"),
            .answer(200, #"{"id":"99120"}"#))
        #expect(try await netSuite(http).fulfill(salesOrder: "98431", shipment([1: 1])) == .existed("99120"))
        #expect(http.lines[2].hasSuffix("/record/v1/itemFulfillment/eid:dcl-SO10045-1Z9"))
    }

    @Test("a created record without a location is found by its external id")
    func missingLocation() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, salesOrderJSON(lines: threeLines)), .answer(204, ""), .answer(200, #"{"id":99120}"#))
        #expect(try await netSuite(http).fulfill(salesOrder: "98431", shipment([1: 1])) == .created("99120"))
    }

    @Test("the probe tells whether a fulfilment is there")
    func probe() async throws {
        let http = ScriptedHTTPClient(.answer(200, #"{"id":"99120"}"#), netSuiteError(404, "NONEXISTENT_ID", "none"))
        let client = try netSuite(http)
        #expect(try await client.itemFulfillment(externalID: "a") == "99120")
        #expect(try await client.itemFulfillment(externalID: "b") == nil)
    }

    @Test("a cash sale is a transformation with an external id")
    func cashSale() async throws {
        let http = ScriptedHTTPClient(
            .answer(204, "", ["location": "https://x/services/rest/record/v1/cashSale/5"]))
        let creation = try await netSuite(http).createCashSale(
            salesOrder: "98431", externalID: "cs-1", tranDate: "2026-03-05")
        #expect(creation == .created("5"))
        #expect(http.lines[0].hasSuffix("/record/v1/salesOrder/98431/!transform/cashSale"))
        #expect(http.body(0) == #"{"externalId":"cs-1","tranDate":"2026-03-05","undepFunds":{"id":"true"}}"#)
    }
}
