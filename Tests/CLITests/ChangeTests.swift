import ArgumentParser
import Commerce
import Foundation
import HTTPTransport
import Testing

@testable import CLI

@Suite("What is changed on the command line")
struct ChangeTests {
    private func client(_ api: ScriptedAPI) throws -> APIClient {
        let environment = CLIEnvironment(
            process: [
                "STATESET_API_URL": "http://api", "STATESET_API_KEY": "sk_x",
                "STATESET_WORKSPACE": "ws_0190a0b0c0d07e0f8a0b0c0d0e0f0a0b",
            ], devFile: [:])
        return try APIClient(environment, http: api)
    }

    @Test("of a ticket only what is named goes to the API; flags are flags, and what goes is null")
    func ticket() async throws {
        let api = ScriptedAPI([])
        let change = try TicketsCommand.Change.parse([
            "tkt_1", "--status", "item_received", "--field", "condition=good", "--field", "matched=true",
            "--field", "note=a=b", "--fields", #"{"refund_amount":74.5}"#, "--remove-field", "old",
        ])
        _ = try await change.carryOut(client(api))
        let request = try #require(api.requests.first)
        #expect(request.method == "PATCH" && request.url.hasSuffix("/tickets/tkt_1"))
        let fields: [String: JSONValue] = [
            "condition": "good", "matched": true, "note": "a=b", "refund_amount": .number(74.5), "old": .null,
        ]
        #expect(api.bodies == [["status": "item_received", "custom_fields": .object(fields)]])
    }

    @Test("rules are sent as they were written, and what is of no use in them is told")
    func rules() async throws {
        let api = ScriptedAPI([])
        let text = #"{"zones": [ ], "b": 1.50, "a": 2}"#
        _ = try await RulesDocument.returnPolicy.put(Data(text.utf8), client(api))
        let request = try #require(api.requests.first)
        #expect(request.method == "PUT" && request.url.hasSuffix("/return-policy"))
        #expect(request.body == Array(text.utf8))
        let answer = """
            {"version":3,"warnings":[{"code":"idle","rule":"vip","field":"rules.0.then","message":"It never applies."},
             {"code":"no_rest","rule":null,"field":"zones","message":"There is none for the rest of the world."}]}
            """
        #expect(
            try RulesDocument.outcome(Array(answer.utf8), .plain) == [
                "version 3 is in force", "  rule vip, rules.0.then: It never applies.",
                "  zones: There is none for the rest of the world.",
            ])
        #expect(try RulesDocument.outcome(Array(#"{"version":1}"#.utf8), .plain) == ["version 1 is in force"])
    }

    @Test("rules are shown as JSON that can be edited and set again")
    func shown() throws {
        let document = #"{"zones":[{"countries":["*"],"window":{"days":30}}],"name":"a/b"}"#
        let lines = try RulesDocument.lines(Array(document.utf8))
        #expect(lines.count > 3 && lines.contains { $0.contains("a/b") })
        let read = try JSONDecoder().decode(JSONValue.self, from: Data(lines.joined(separator: "\n").utf8))
        let expected = try JSONDecoder().decode(JSONValue.self, from: Data(document.utf8))
        #expect(read == expected)
    }

    @Test("a refusal is shown in the API's own words, with the rule and the field")
    func refused() async throws {
        let problem = """
            {"code":"bad_value","detail":"It is not between 0 and 100.","rule":"vip","field":"rules.0.then"}
            """
        let api = ScriptedAPI([problem], status: 422)
        let error = await #expect(throws: CLIError.self) {
            try await RulesDocument.warrantyTerms.put(Data("{}".utf8), client(api))
        }
        #expect(error?.message == "rule vip, rules.0.then: It is not between 0 and 100. (bad_value)")
    }
}
