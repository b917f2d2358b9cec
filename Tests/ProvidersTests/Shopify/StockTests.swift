import Commerce
import Foundation
import HTTPTransport
import Testing

@testable import Providers

@Suite("A shop's stock")
struct StockTests {
    private let restocking = ShopifyRestocking(
        reference: "restock/1", document: "gid://stateset/Return/1", location: "2", units: ["9": 1, "10": 2])
    private let done = ScriptedHTTPClient.Step.answer(
        200,
        """
        {"data":{"inventoryAdjustQuantities":{"inventoryAdjustmentGroup":{"id":"gid://shopify/InventoryAdjustmentGroup/7"},
         "userErrors":[]}}}
        """)

    private func version(_ name: String) -> String { #","graphql_version":"\#(name)""# }

    @Test("one mutation adds to what is for sale, under our key where the version takes one")
    func restocked() async throws {
        for (name, isKeyed) in [("2026-04", true), ("2026-01", true), ("2025-10", false)] {
            let http = ScriptedHTTPClient(done)
            let client = try shopify(http, version(name))
            #expect(client.keepsRestockingsUnique == isKeyed)
            #expect(try await client.restock(restocking) == "7")
            let sent = try json(http.body(0))
            #expect(sent["query"]?.text?.contains("@idempotent(key:$key)") == isKeyed)
            #expect(sent["variables"]?["key"] == (isKeyed ? JSONValue.string("restock/1") : nil))
            func change(_ item: String, _ delta: Int) -> JSONValue {
                var members: [String: JSONValue] = [
                    "delta": .number(.init(delta)), "inventoryItemId": .string("gid://shopify/InventoryItem/\(item)"),
                    "locationId": "gid://shopify/Location/2",
                ]
                if isKeyed { members["changeFromQuantity"] = .null }
                return .object(members)
            }
            let input: JSONValue = [
                "name": "available", "reason": "restock", "referenceDocumentUri": "gid://stateset/Return/1",
                "changes": [change("10", 2), change("9", 1)],
            ]
            #expect(sent["variables"]?["input"] == input)
        }
    }

    @Test(
        "what the shop says against a restocking",
        arguments: [
            ("INVALID_LOCATION", ProviderFailure.refused(code: "invalid_location", message: "m")),
            (
                "IDEMPOTENCY_KEY_PARAMETER_MISMATCH",
                .refused(code: "idempotency_key_parameter_mismatch", message: "m")
            ),
            (
                "IDEMPOTENCY_CONCURRENT_REQUEST",
                .unknownOutcome(code: "idempotency_concurrent_request", message: "m")
            ),
            ("SERVICE_UNAVAILABLE", .unknownOutcome(code: "service_unavailable", message: "m")),
            ("ADJUST_QUANTITIES_FAILED", .transient(code: "adjust_quantities_failed", message: "m", retryAfter: nil)),
        ])
    func refusals(code: String, expected: ProviderFailure) async throws {
        let error = #"{"code":"\#(code)","field":null,"message":"m"}"#
        let answer =
            #"{"data":{"inventoryAdjustQuantities":{"inventoryAdjustmentGroup":null,"userErrors":[\#(error)]}}}"#
        let client = try shopify(ScriptedHTTPClient(.answer(200, answer)), version("2026-04"))
        let failed = try await failure { [restocking] in try await client.restock(restocking) }
        #expect(failed == expected)
    }

    @Test("what lines are of is read page by page; a line whose goods are sold no more has none")
    func items() async throws {
        func page(_ nodes: String, _ next: String) -> ScriptedHTTPClient.Step {
            .answer(200, #"{"data":{"order":{"lineItems":{"pageInfo":\#(next),"nodes":[\#(nodes)]}}}}"#)
        }
        func line(_ id: Int, _ variant: String) -> String {
            #"{"id":"gid://shopify/LineItem/\#(id)","variant":\#(variant)}"#
        }
        func item(_ id: Int, _ tracked: Bool) -> String {
            #"{"inventoryItem":{"id":"gid://shopify/InventoryItem/\#(id)","tracked":\#(tracked)}}"#
        }
        let http = ScriptedHTTPClient(
            page(line(1, item(11, true)), #"{"hasNextPage":true,"endCursor":"c1"}"#),
            page(line(2, item(12, false)) + "," + line(3, "null"), #"{"hasNextPage":false,"endCursor":"c2"}"#))
        let items = try await shopify(http).stockItems(of: "5")
        #expect(items == ["1": .init(id: "11", isTracked: true), "2": .init(id: "12", isTracked: false)])
        let variables: JSONValue = ["id": "gid://shopify/Order/5", "after": .null]
        #expect(try json(http.body(0))["variables"] == variables)
        #expect(try json(http.body(1))["variables"]?["after"] == "c1")
    }

    @Test("a location that the shop does not have is nil")
    func location() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, #"{"data":{"location":{"name":"Returns","isActive":true}}}"#),
            .answer(200, #"{"data":{"location":null}}"#))
        let client = try shopify(http)
        #expect(try await client.location("2") == ShopifyLocation(name: "Returns", isActive: true))
        #expect(try await client.location("3") == nil)
    }

    @Test("where goods are for sale again is a location's number, and nowhere unless it is set")
    func setting() throws {
        #expect(try shopifySettings().restockLocationID == nil)
        for text in [#""2""#, "2", #""gid://shopify/Location/2""#] {
            #expect(try shopifySettings(#","restock_location_id":\#(text)"#).restockLocationID == "2")
        }
        for text in ["Fremont", "-2", "2?"] {
            let error = #expect(throws: ProviderSettingsProblem.self) {
                try shopifySettings(#","restock_location_id":"\#(text)""#)
            }
            #expect(error?.description == "shopify: restock_location_id must be the number of a location")
        }
    }
}
