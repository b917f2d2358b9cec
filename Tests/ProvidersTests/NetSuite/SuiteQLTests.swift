import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("SuiteQL")
struct SuiteQLTests {
    private func rows(_ ids: ClosedRange<Int>, hasMore: Bool) -> ScriptedHTTPClient.Step {
        let items = ids.map { #"{"links":[],"id":"\#($0)","sku":"SKU-\#($0)","itemtype":"InvtPart"}"# }
        return .answer(200, #"{"items":[\#(items.joined(separator: ","))],"hasMore":\#(hasMore),"offset":0}"#)
    }

    @Test("a query is sent as transient, and absent columns are nil")
    func query() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, #"{"items":[{"links":[],"id":"1","flag":"T"},{"id":"2","tranid":null}],"hasMore":false}"#))
        let page = try await netSuite(http).suiteQL("SELECT 1")
        #expect(http.lines == ["POST \(netSuiteBase)/services/rest/query/v1/suiteql?limit=1000"])
        #expect(http.requests.first?.header("Prefer") == "transient")
        #expect(http.body(0) == #"{"q":"SELECT 1"}"#)
        #expect(page.items[0]["id"] == "1")
        #expect(page.items[0].flag("flag"))
        #expect(page.items[1]["tranid"] == nil)
        #expect(!page.items[1].flag("flag"))
    }

    @Test("pages follow by key, never by offset")
    func keyset() async throws {
        let http = ScriptedHTTPClient(rows(1...3, hasMore: true), rows(7...8, hasMore: false))
        let items = try await netSuite(http).items(skus: ["SKU-1", "SKU-8", "it's"])
        #expect(items.count == 5)
        #expect(items["SKU-8"]?.id == "8")
        #expect(http.body(0).contains("IN ('SKU-1','SKU-8','it''s') AND i.isinactive = 'F' AND i.id > 0"))
        #expect(http.body(1).contains("i.id > 3 ORDER BY i.id ASC"))
        #expect(http.lines.allSatisfy { !$0.contains("offset") })
    }

    @Test("a page that leads nowhere ends the query instead of repeating it")
    func stuck() async throws {
        let http = ScriptedHTTPClient(rows(1...3, hasMore: true), rows(1...3, hasMore: true))
        let failure = try await failure { try await netSuite(http).items(skus: ["SKU-1"]) }
        #expect(failure.code == "malformed_answer")
        #expect(http.requests.count == 2)
    }

    @Test("many SKUs are asked for in several queries")
    func chunks() async throws {
        let empty = ScriptedHTTPClient.Step.answer(200, #"{"items":[],"hasMore":false}"#)
        let http = ScriptedHTTPClient(empty, empty, empty)
        #expect(try await netSuite(http).items(skus: (1...450).map { "SKU-\($0)" }).isEmpty)
        #expect(http.requests.count == 3)
    }

    @Test("orders to dispatch are those pending fulfilment and not flagged")
    func dispatch() async throws {
        let http = ScriptedHTTPClient(
            .answer(
                200,
                """
                {"items":[{"id":"98431","tranid":"SO10045","status":"B","externalid":"shopify-1"},
                 {"id":"98432","tranid":"SO10046","status":"SalesOrd:B"}],"hasMore":false}
                """))
        let orders = try await netSuite(http).ordersToDispatch(after: 98430, limit: 50)
        #expect(orders.map(\.id) == [98431, 98432])
        #expect(orders.map(\.externalID) == ["shopify-1", nil])
        #expect(orders.allSatisfy { $0.status == .pendingFulfillment })
        #expect(http.body(0).contains("AND t.id > 98430 ORDER BY t.id ASC"))
        #expect(http.lines[0].hasSuffix("suiteql?limit=50"))
    }

    @Test("a customer is found by address in any case, or created once")
    func customers() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, #"{"items":[{"id":"107","email":"Ana@example.com"}],"hasMore":false}"#),
            .answer(200, #"{"items":[],"hasMore":false}"#),
            .answer(204, "", ["Location": "https://x/services/rest/record/v1/customer/108"]))
        let client = try netSuite(http)
        #expect(try await client.customer(email: "ANA@example.com") == "107")
        #expect(http.body(0).contains("'ana@example.com'"))
        #expect(try await client.customer(email: "o'hara@example.com") == nil)
        #expect(http.body(1).contains("'o''hara@example.com'"))
        let draft = NetSuiteCustomerDraft(
            externalID: "shopify-customer-1", firstName: "Ana", lastName: "Ruiz", email: "ana@example.com")
        #expect(try await client.createCustomer(draft) == .created("108"))
        #expect(
            try json(http.body(2))
                == json(
                    """
                    {"externalId":"shopify-customer-1","isPerson":true,"firstName":"Ana","lastName":"Ruiz",
                     "email":"ana@example.com"}
                    """))
    }
}
