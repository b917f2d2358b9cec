import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("NetSuite sales orders")
struct SalesOrderTests {
    private func draft() -> NetSuiteSalesOrderDraft {
        var draft = NetSuiteSalesOrderDraft(
            externalID: "shopify-5678901234567", customerID: "107",
            lines: [.init(itemID: "9001", quantity: 2, rate: "74.50", amount: "149.00", locationID: "1")])
        draft.otherRefNum = "#1001"
        draft.shippingCost = "5.00"
        draft.shopifyOrderID = "5678901234567"
        return draft
    }

    @Test("a create sends exact numbers and the external id, and takes the id from the location")
    func create() async throws {
        let http = ScriptedHTTPClient(createdOrder)
        #expect(try await netSuite(http).createSalesOrder(draft()) == .created("98431"))
        #expect(http.lines == ["POST \(netSuiteBase)/services/rest/record/v1/salesOrder"])
        #expect(
            try json(http.body(0))
                == json(
                    """
                    {"externalId":"shopify-5678901234567","entity":{"id":"107"},"orderStatus":{"id":"B"},
                     "otherRefNum":"#1001","shippingCost":5,"custbody_sent_to_3pl":false,
                     "custbody_shopify_order_id":"5678901234567",
                     "item":{"items":[{"item":{"id":"9001"},"quantity":2,"rate":74.5,"amount":149,
                       "location":{"id":"1"},"price":{"id":"-1"}}]}}
                    """))
        let request = try #require(http.requests.first)
        #expect(request.header("X-NetSuite-PropertyNameValidation") == "Error")
        #expect(request.header("Authorization")?.hasPrefix("OAuth realm=\"1234567_SB1\"") == true)
    }

    @Test("a taken external id leads to the order that is there")
    func duplicate() async throws {
        let http = ScriptedHTTPClient(
            netSuiteError(400, "UNIQUE_CUST_ID_REQD", "This record already exists"), .answer(200, salesOrderJSON()))
        #expect(try await netSuite(http).createSalesOrder(draft()) == .existed("98431"))
        #expect(http.lines[1] == "GET \(netSuiteBase)/services/rest/record/v1/salesOrder/eid:shopify-5678901234567")
    }

    @Test("a refused create stays refused in NetSuite's words when nothing is there")
    func refused() async throws {
        let http = ScriptedHTTPClient(
            netSuiteError(400, "INVALID_CONTENT", "Invalid Field Value 9999", path: "item.items[0].item"),
            netSuiteError(404, "NONEXISTENT_ID", "no such record"))
        let failure = try await failure {
            try await netSuite(http).createSalesOrder(draft())
        }
        #expect(
            failure == .refused(code: "INVALID_CONTENT", message: "Invalid Field Value 9999 (item.items[0].item)"))
    }

    @Test("a lost answer is unknown")
    func lost() async throws {
        let http = ScriptedHTTPClient(.fail(.connectionLost, wasSent: true))
        let failure = try await failure {
            try await netSuite(http).createSalesOrder(draft())
        }
        #expect(failure == .unknownOutcome(code: "connection_lost", message: "scripted"))
    }

    @Test(
        "the account's limits are transient whatever the status",
        arguments: [
            (429, "CONCURRENCY_LIMIT_EXCEEDED"), (400, "SSS_REQUEST_LIMIT_EXCEEDED"), (400, "RCRD_HAS_BEEN_CHANGED"),
        ])
    func limits(status: Int, code: String) async throws {
        let http = ScriptedHTTPClient(netSuiteError(status, code, "not now"))
        let failure = try await failure {
            try await netSuite(http).createSalesOrder(draft())
        }
        #expect(failure == .transient(code: code, message: "not now", retryAfter: nil))
    }

    @Test("an order is read with its lines and exact amounts")
    func read() async throws {
        let http = ScriptedHTTPClient(.answer(200, salesOrderJSON(status: "SalesOrd:D")))
        let order = try await netSuite(http).salesOrder("98431")
        #expect(http.lines == ["GET \(netSuiteBase)/services/rest/record/v1/salesOrder/98431?expandSubResources=true"])
        #expect(order.tranID == "SO10045")
        #expect(order.status == .partiallyFulfilled)
        #expect(order.total?.text == "155.12")
        #expect(order.lines.first?.sku == "MIE-ROBE-S")
        #expect(order.lines.first?.openQuantity == 2)
        #expect(order.isSentToWarehouse == false)
    }

    @Test("no order under an external id is no failure")
    func absent() async throws {
        let http = ScriptedHTTPClient(netSuiteError(404, "NONEXISTENT_ID", "no such record"))
        #expect(try await netSuite(http).salesOrder(externalID: "x/1") == nil)
        #expect(http.lines.first?.contains("/salesOrder/eid:x%2F1?expand") == true)
    }

    @Test("cancelling closes every open line and leaves closed ones alone")
    func close() async throws {
        let lines = #"{"line":1,"quantity":1},{"line":2,"quantity":1,"isClosed":true},{"line":5,"quantity":3}"#
        let http = ScriptedHTTPClient(.answer(200, salesOrderJSON(lines: lines)), .answer(204, ""))
        try await netSuite(http).closeSalesOrder("98431")
        #expect(http.lines[1] == "PATCH \(netSuiteBase)/services/rest/record/v1/salesOrder/98431")
        #expect(http.body(1) == #"{"item":{"items":[{"isClosed":true,"line":1},{"isClosed":true,"line":5}]}}"#)
    }

    @Test("cancelling a closed order writes nothing")
    func closedAlready() async throws {
        let http = ScriptedHTTPClient(.answer(200, salesOrderJSON(status: "H")))
        try await netSuite(http).closeSalesOrder("98431")
        #expect(http.requests.count == 1)
    }

    @Test("cancelling an order of which anything is fulfilled is refused")
    func fulfilledAlready() async throws {
        let lines = #"{"line":1,"quantity":2,"quantityFulfilled":1}"#
        let http = ScriptedHTTPClient(.answer(200, salesOrderJSON(status: "D", lines: lines)))
        let failure = try await failure {
            try await netSuite(http).closeSalesOrder("98431")
        }
        #expect(failure.code == "already_fulfilled")
        #expect(http.requests.count == 1)
    }
}
