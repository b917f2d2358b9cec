import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("NetSuite returns")
struct ReturnTests {
    private let record = "/services/rest/record/v1/returnAuthorization/700"

    private func authorization(status: String = "B", received: Int = 0, closed: Bool = false) -> String {
        """
        {"id":"700","tranId":"RA10045","externalId":"ret-1","status":{"id":"\(status)","refName":"x"},
         "item":{"items":[{"line":1,"orderLine":1,"item":{"id":"9001","refName":"MIE-ROBE-S"},"quantity":2.0,
           "quantityReceived":\(received).0,"isClosed":\(closed)},
           {"line":2,"orderLine":3,"item":{"id":"9004"},"quantity":1,"isClosed":\(closed)}]}}
        """
    }

    private func created(_ type: String) -> ScriptedHTTPClient.Step {
        .answer(204, "", ["Location": "https://x/services/rest/record/v1/\(type)/700"])
    }

    @Test("an authorization is transformed from the order, approved, with only the lines that come back")
    func authorize() async throws {
        let http = ScriptedHTTPClient(created("returnAuthorization"))
        let creation = try await netSuite(http).authorizeReturn(
            salesOrder: "98431",
            NetSuiteReturnDraft(
                externalID: "ret-1", tranDate: "2026-03-20", memo: "wrong size", quantities: [3: 1, 1: 2, 4: 0]))
        #expect(creation == .created("700"))
        #expect(
            http.lines[0]
                == "POST \(netSuiteBase)/services/rest/record/v1/salesOrder/98431/!transform/returnAuthorization"
                + "?replace=item")
        #expect(
            try json(http.body(0))
                == json(
                    """
                    {"externalId":"ret-1","tranDate":"2026-03-20","memo":"wrong size","orderStatus":{"id":"B"},
                     "item":{"items":[{"orderLine":1,"quantity":2},{"orderLine":3,"quantity":1}]}}
                    """))
    }

    @Test("a return of nothing is refused before anything is sent")
    func empty() async throws {
        let http = ScriptedHTTPClient()
        let failure = try await failure {
            try await netSuite(http).authorizeReturn(
                salesOrder: "98431", NetSuiteReturnDraft(externalID: "ret-1", quantities: [1: 0]))
        }
        #expect(failure.code == "empty_return")
        #expect(http.requests.isEmpty)
    }

    @Test("a receipt lists every line, with place and whether it goes into stock")
    func receive() async throws {
        let http = ScriptedHTTPClient(.answer(200, authorization()), created("itemReceipt"))
        _ = try await netSuite(http).receiveReturn(
            authorization: "700",
            NetSuiteReceiptDraft(externalID: "rcpt-1", lines: [1: .init(quantity: 1, restock: false)]))
        #expect(http.lines[1] == "POST \(netSuiteBase)\(record)/!transform/itemReceipt")
        #expect(
            try json(http.body(1))
                == json(
                    """
                    {"externalId":"rcpt-1","item":{"items":[
                      {"orderLine":1,"itemReceive":true,"quantity":1,"restock":false,"location":{"id":"1"}},
                      {"orderLine":2,"itemReceive":false}]}}
                    """))
        for lines: [Int: NetSuiteReceiptDraft.Line] in [[:], [7: .init(quantity: 1, restock: true)]] {
            let client = try netSuite(ScriptedHTTPClient(.answer(200, authorization())))
            let failure = try await failure {
                try await client.receiveReturn(
                    authorization: "700", NetSuiteReceiptDraft(externalID: "rcpt-1", lines: lines))
            }
            #expect(failure.code == "unknown_return_line")
        }
    }

    @Test("a credit names amounts of its own, or takes all that is received")
    func credit() async throws {
        let http = ScriptedHTTPClient(created("creditMemo"), created("cashRefund"))
        let client = try netSuite(http)
        var credit = NetSuiteCreditDraft(
            externalID: "cm-1", lines: [1: .init(quantity: 1, amount: "59.60"), 2: .init(quantity: 1)])
        credit.shippingCost = "5.00"
        _ = try await client.creditReturn(authorization: "700", credit)
        #expect(http.lines[0] == "POST \(netSuiteBase)\(record)/!transform/creditMemo?replace=item")
        #expect(
            try json(http.body(0))
                == json(
                    """
                    {"externalId":"cm-1","shippingCost":5.00,"item":{"items":[
                      {"orderLine":1,"quantity":1,"amount":59.60},{"orderLine":2,"quantity":1}]}}
                    """))
        _ = try await client.refundReturn(authorization: "700", NetSuiteCreditDraft(externalID: "cr-1"))
        #expect(http.lines[1] == "POST \(netSuiteBase)\(record)/!transform/cashRefund")
        #expect(try json(http.body(1)) == json(#"{"externalId":"cr-1"}"#))
    }

    @Test("a repeated record is found by its external id, whatever the refusal says")
    func repeated() async throws {
        let http = ScriptedHTTPClient(
            netSuiteError(400, "USER_ERROR", "RA10045 has nothing to bill"), .answer(200, #"{"id":"99"}"#))
        let creation = try await netSuite(http).creditReturn(
            authorization: "700", NetSuiteCreditDraft(externalID: "cm-1"))
        #expect(creation == .existed("99"))
        #expect(http.lines[1].hasSuffix("/record/v1/creditMemo/eid:cm-1"))
    }

    @Test("an authorization is cancelled by closing its lines, once, and never when anything came back")
    func cancel() async throws {
        let http = ScriptedHTTPClient(.answer(200, authorization()), .answer(204, ""))
        try await netSuite(http).cancelReturnAuthorization("700")
        #expect(http.lines[1] == "PATCH \(netSuiteBase)\(record)")
        #expect(
            try json(http.body(1))
                == json(#"{"item":{"items":[{"line":1,"isClosed":true},{"line":2,"isClosed":true}]}}"#))
        let over = ScriptedHTTPClient(.answer(200, authorization(status: "H", closed: true)))
        try await netSuite(over).cancelReturnAuthorization("700")
        #expect(over.requests.count == 1)
        let late = ScriptedHTTPClient(.answer(200, authorization(status: "D", received: 1)))
        let failure = try await failure { try await netSuite(late).cancelReturnAuthorization("700") }
        #expect(failure.code == "already_received")
    }

    @Test("an authorization is read by its external id, and nobody's is nil")
    func read() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, authorization(status: "RtnAuth:D", received: 1)), netSuiteError(404, "NONEXISTENT_ID", "none"))
        let client = try netSuite(http)
        let found = try #require(try await client.returnAuthorization(externalID: "ret-1"))
        #expect(found.status == .partiallyReceived)
        #expect(found.tranID == "RA10045")
        #expect(found.lines.map(\.openQuantity) == [1, 1])
        #expect(found.lines[0].sku == "MIE-ROBE-S")
        #expect(try await client.returnAuthorization(externalID: "ret-2") == nil)
    }

    @Test("a place for returns of its own receives them")
    func location() throws {
        #expect(try netSuiteSettings().returnLocationID == nil)
        #expect(try netSuiteSettings(#","return_location_id":"2""#).returnLocationID == "2")
    }
}
