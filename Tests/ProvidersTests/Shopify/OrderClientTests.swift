import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Orders of a shop")
struct OrderClientTests {
    @Test("an order is read with the token in its header")
    func read() async throws {
        let http = ScriptedHTTPClient(.answer(200, #"{"order":\#(contractOrder)}"#))
        let order = try await shopify(http).order("5678901234567")
        #expect(order.name == "#1001")
        #expect(http.lines == ["GET \(shopifyRest)/orders/5678901234567.json"])
        #expect(http.requests.first?.header("X-Shopify-Access-Token") == "shpat_1")
    }

    @Test("a list follows the shop's own links to its end")
    func paging() async throws {
        let next = "\(shopifyRest)/orders.json?limit=2&page_info=eyJ,abc"
        let link = "<\(shopifyRest)/orders.json?page_info=p>; rel=\"previous\", <\(next)>; rel=\"next\""
        let http = ScriptedHTTPClient(
            .answer(200, #"{"orders":[{"id":1,"updated_at":"2026-03-04T05:15:34-05:00"},{"id":2}]}"#, ["Link": link]),
            .answer(200, #"{"orders":[{"id":3}]}"#))
        let client = try shopify(http)
        let first = try await client.orders(ShopifyOrderQuery(updatedAtMin: "2026-03-04T05:00:00-05:00", limit: 2))
        #expect(
            http.lines[0]
                == "GET \(shopifyRest)/orders.json?status=any&limit=2&updated_at_min=2026-03-04T05%3A00%3A00-05%3A00")
        #expect(first.orders.map(\.id) == ["1", "2"])
        #expect(first.orders[0].updatedAt == "2026-03-04T05:15:34-05:00")
        let last = try await client.orders(after: try #require(first.next))
        #expect(http.lines[1] == "GET \(next)")
        #expect(last.orders.map { String(decoding: $0.json, as: UTF8.self) } == [#"{"id":3}"#])
        #expect(last.next == nil)
    }

    @Test("a link that leads away from the shop is not followed, because the token would go with it")
    func foreignLink() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, #"{"orders":[]}"#, ["Link": "<https://evil.example/orders.json>; rel=\"next\""]))
        let client = try shopify(http)
        let cursor = try #require(try await client.orders(ShopifyOrderQuery()).next)
        let failure = try await failure { try await client.orders(after: cursor) }
        #expect(failure.code == "foreign_page")
        #expect(http.requests.count == 1)
    }

    @Test(
        "errors are read in every shape",
        arguments: [
            (#"{"errors":"Not Found"}"#, "Not Found"),
            (#"{"errors":["has an unfulfillable status= closed","b"]}"#, "has an unfulfillable status= closed, b"),
            (#"{"errors":{"base":["A","B"],"line_items":["C"]}}"#, "A, B; line_items: C"),
            (#"{"errors":{"order":"Required parameter missing"}}"#, "order: Required parameter missing"),
            (#"{"error":"Cannot cancel"}"#, "Cannot cancel"),
            ("<html>", "The provider answered 422 without an explanation."),
            (#"{"errors":{}}"#, "The provider answered 422 without an explanation."),
        ])
    func errors(body: String, message: String) async throws {
        let failure = try await failure { try await shopify(ScriptedHTTPClient(.answer(422, body))).order("1") }
        #expect(failure == .refused(code: "unprocessable", message: message))
    }

    @Test("a full bucket says when to come back")
    func bucket() async throws {
        let http = ScriptedHTTPClient(.answer(429, #"{"errors":"Exceeded 2 calls"}"#, ["Retry-After": "2.0"]))
        let failure = try await failure { try await shopify(http).order("1") }
        #expect(
            failure == .transient(code: "rate_limited", message: "Exceeded 2 calls", retryAfter: .seconds(2)))
    }

    @Test("the call limit is read from its header")
    func callLimit() {
        let limit = ShopifyCallLimit(HTTPResponse(status: 200, headers: [("x-shopify-shop-api-call-limit", "32/40")]))
        #expect(limit?.used == 32 && limit?.size == 40)
        #expect(ShopifyCallLimit(HTTPResponse(status: 200)) == nil)
    }

    @Test("note attributes are merged into those that are there")
    func notes() async throws {
        let present = #"[{"name":"gift","value":"true"},{"name":"netsuite_id","value":"1"}]"#
        let http = ScriptedHTTPClient(
            .answer(200, #"{"order":{"id":5,"note_attributes":\#(present)}}"#), .answer(200, #"{"order":{"id":5}}"#))
        let new = [
            ShopifyNoteAttribute(name: "netsuite_id", value: "98431"), .init(name: "netsuite_number", value: "SO10045"),
        ]
        try await shopify(http).mergeNoteAttributes(new, into: "5")
        #expect(http.lines[1] == "PUT \(shopifyRest)/orders/5.json")
        #expect(
            http.body(1)
                == #"{"order":{"id":5,"note_attributes":[{"name":"gift","value":"true"},"#
                + #"{"name":"netsuite_id","value":"98431"},{"name":"netsuite_number","value":"SO10045"}]}}"#)
    }

    @Test("note attributes that are there already are not written again")
    func notesAlreadyThere() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, #"{"order":{"id":5,"note_attributes":[{"name":"netsuite_id","value":98431}]}}"#))
        try await shopify(http).mergeNoteAttributes([.init(name: "netsuite_id", value: "98431")], into: "5")
        #expect(http.requests.count == 1)
    }
}
