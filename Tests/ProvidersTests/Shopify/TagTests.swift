import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Tags of a shop's order")
struct TagTests {
    private func add(_ step: ScriptedHTTPClient.Step) async throws -> ProviderFailure {
        try await failure { try await shopify(ScriptedHTTPClient(step)).addTags(["SENT_TO_NS"], to: "5") }
    }

    @Test("tags are added and removed by mutation, never by replacing the list")
    func mutations() async throws {
        let http = ScriptedHTTPClient(
            .answer(200, #"{"data":{"tagsAdd":{"node":{"id":"x"},"userErrors":[]}}}"#),
            .answer(200, #"{"data":{"tagsRemove":{"node":{"id":"x"},"userErrors":[]}}}"#))
        let client = try shopify(http, #","graphql_version":"2025-01""#)
        try await client.addTags(["SENT_TO_NS"], to: "5678901234567")
        try await client.removeTags(["SENT_TO_NS"], from: "5678901234567")
        #expect(http.lines[0] == "POST http://127.0.0.1:9/shopify/admin/api/2025-01/graphql.json")
        let query =
            "mutation($id:ID!,$tags:[String!]!){tagsAdd(id:$id,tags:$tags){node{id} userErrors{field message}}}"
        #expect(
            try json(http.body(0))
                == [
                    "query": .string(query),
                    "variables": ["id": "gid://shopify/Order/5678901234567", "tags": ["SENT_TO_NS"]],
                ])
        #expect(http.body(1).contains("tagsRemove"))
    }

    @Test("an error of the user is a refusal in the shop's words")
    func userError() async throws {
        let failure = try await add(
            .answer(
                200,
                #"{"data":{"tagsAdd":{"node":null,"userErrors":[{"field":["id"],"message":"Order does not exist"}]}}}"#)
        )
        #expect(failure == .refused(code: "user_error", message: "Order does not exist"))
    }

    @Test("a throttled call is transient until the budget is restored")
    func throttled() async throws {
        let failure = try await add(
            .answer(
                200,
                """
                {"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],"data":null,
                 "extensions":{"cost":{"requestedQueryCost":110,"actualQueryCost":null,
                   "throttleStatus":{"maximumAvailable":2000,"currentlyAvailable":10,"restoreRate":50}}}}
                """))
        #expect(failure == .transient(code: "throttled", message: "Throttled", retryAfter: .seconds(2)))
    }

    @Test("a missing scope is a refusal, an internal error unknown")
    func otherErrors() async throws {
        let denied = try await add(
            .answer(200, #"{"errors":[{"message":"Access denied","extensions":{"code":"ACCESS_DENIED"}}]}"#))
        #expect(denied == .refused(code: "access_denied", message: "Access denied"))
        let broken = try await add(
            .answer(200, #"{"errors":[{"message":"x","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}"#))
        #expect(broken == .unknownOutcome(code: "internal_server_error", message: "x"))
        let text = try await add(.answer(200, #"{"errors":"[API] Something"}"#))
        #expect(text == .refused(code: "graphql_error", message: "[API] Something"))
    }

    @Test("an answer without the mutation's result leaves it unknown")
    func empty() async throws {
        for body in [#"{"data":{}}"#, #"{"data":null}"#, "", #"{"data":{"tagsAdd":null}}"#] {
            let failure = try await add(.answer(200, body))
            #expect(failure.code == "malformed_answer")
        }
    }
}
