import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Reserving the goods of a draft order")
struct ReservationTests {
    private let until = "2026-03-20T05:00:00Z"

    private func reserve(_ body: String) async throws -> ProviderFailure {
        try await failure {
            try await shopify(ScriptedHTTPClient(.answer(200, body))).reserveGoods(of: "9", until: until)
        }
    }

    @Test("one mutation sets the time, and gives it as the shop has it")
    func mutation() async throws {
        let http = ScriptedHTTPClient(
            .answer(
                200,
                #"{"data":{"draftOrderUpdate":{"draftOrder":{"reserveInventoryUntil":"\#(until)"},"userErrors":[]}}}"#))
        let client = try shopify(http, #","graphql_version":"2025-01""#)
        #expect(try await client.reserveGoods(of: "9", until: until) == until)
        #expect(http.lines[0] == "POST http://127.0.0.1:9/shopify/admin/api/2025-01/graphql.json")
        let variables: JSONValue = [
            "id": "gid://shopify/DraftOrder/9", "input": ["reserveInventoryUntil": .string(until)],
        ]
        #expect(try json(http.body(0))["variables"] == variables)
    }

    @Test("an error of the user is a refusal, and so is a draft that comes back without the time")
    func refused() async throws {
        let paid = try await reserve(
            #"{"data":{"draftOrderUpdate":{"draftOrder":null,"userErrors":[{"field":null,"message":"It is paid."}]}}}"#)
        #expect(paid == .refused(code: "user_error", message: "It is paid."))
        let silent = try await reserve(
            #"{"data":{"draftOrderUpdate":{"draftOrder":{"reserveInventoryUntil":null},"userErrors":[]}}}"#)
        #expect(silent.code == "not_reserved")
    }

    @Test("an answer without the mutation's result leaves it unknown")
    func empty() async throws {
        for body in [#"{"data":{}}"#, "", #"{"data":{"draftOrderUpdate":{"draftOrder":null,"userErrors":[]}}}"#] {
            let failure = try await reserve(body)
            #expect(failure == .malformedAnswer(.write))
        }
    }
}
