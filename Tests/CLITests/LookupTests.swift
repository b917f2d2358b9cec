import ArgumentParser
import Commerce
import Testing

@testable import CLI

@Suite("The saga or order that a person means")
struct LookupTests {
    private static let none = #"{"data":[]}"#

    private func client(_ api: ScriptedAPI) throws -> APIClient {
        let environment = CLIEnvironment(
            process: [
                "STATESET_API_URL": "http://api", "STATESET_API_KEY": "sk_x",
                "STATESET_WORKSPACE": "ws_0190a0b0c0d07e0f8a0b0c0d0e0f0a0b",
            ], devFile: [:])
        return try APIClient(environment, http: api)
    }

    private func orders(_ numbers: String...) -> String {
        let orders = numbers.enumerated().map { #"{"id":"ord_\#($0)","number":"\#($1)"}"# }
        return #"{"data":[\#(orders.joined(separator: ","))]}"#
    }

    @Test("a saga is meant by its id, its subject or its key as a whole, never by a part of them")
    func sagas() async throws {
        let one = #"{"data":[{"id":"sag_1","name":"sample","status":"waiting"}]}"#
        #expect(try await SagaLookup.id(of: "sag_9", client(ScriptedAPI([]))) == "sag_9")
        let api = ScriptedAPI([Self.none, one])
        #expect(try await SagaLookup.id(of: "sample-1", client(api)) == "sag_1")
        let queries = api.urls.map { $0.split(separator: "?").last }
        #expect(queries == ["subject=sample-1&limit=10", "key=sample-1&limit=10"])
        await #expect(throws: CLIError.self) {
            try await SagaLookup.id(of: "dispatched", client(ScriptedAPI([Self.none, Self.none])))
        }
    }

    @Test("an order is meant by its id, a provider's or its number; what else the search finds is not it")
    func orders() async throws {
        let found = [
            ("MIE-1001", [Self.none, orders("MIE-10010", "mie-1001")], "ord_1"),
            ("1001", [Self.none, orders("#1001")], "ord_0"), ("5551", [orders("#1001")], "ord_0"),
        ]
        for (text, answers, expected) in found {
            #expect(try await OrderLookup.id(of: text, client(ScriptedAPI(answers))) == expected)
        }
        let notFound = [
            ("MIE-ROBE-S", [Self.none, orders("#1001", "#1002")]), ("1001", [Self.none, orders("#1001", "1001")]),
        ]
        for (text, answers) in notFound {
            await #expect(throws: CLIError.self) {
                try await OrderLookup.id(of: text, client(ScriptedAPI(answers)))
            }
        }
    }

    @Test("a return is meant by its id or by what a provider calls it, if that is one")
    func returns() async throws {
        #expect(try await ReturnLookup.id(of: "ret_9", client(ScriptedAPI([]))) == "ret_9")
        let api = ScriptedAPI([#"{"data":[{"id":"ret_1","status":"in_review"}]}"#])
        #expect(try await ReturnLookup.id(of: "R-404", client(api)) == "ret_1")
        #expect(api.urls.map { $0.split(separator: "?").last } == ["external_id=R-404&limit=10"])
        let several = #"{"data":[{"id":"ret_1","status":"closed"},{"id":"ret_2","status":"received"}]}"#
        for answer in [Self.none, several] {
            await #expect(throws: CLIError.self) {
                try await ReturnLookup.id(of: "R-404", client(ScriptedAPI([answer])))
            }
        }
    }

    @Test("the verbs of the dock, and whose goods they are that no return awaited, take the warehouse's number, too")
    func dock() async throws {
        let found = #"{"data":[{"id":"ret_1","status":"label_sent"}]}"#
        let (received, inspected) = (ScriptedAPI([found]), ScriptedAPI([found]))
        let line = ["R-404", "--lines", "[]"]
        _ = try await ReturnsCommand.Receive.parse(line).carryOut(client(received))
        _ = try await ReturnsCommand.Inspect.parse(line).carryOut(client(inspected))
        #expect(received.urls.last?.hasSuffix("/returns/ret_1/receive") == true)
        #expect(inspected.urls.last?.hasSuffix("/returns/ret_1/inspect") == true)
        let matched = ScriptedAPI([found])
        let match = try BlindReceiptsCommand.Match.parse(["blr_1", "--to", "R-404", "--reason", "seen"])
        _ = try await match.carryOut(client(matched))
        #expect(matched.bodies == [["return_id": "ret_1", "reason": "seen"]])
    }

    @Test("a return is opened for everything that came in, unless lines are named")
    func open() async throws {
        let goods = #"{"goods":[{"sku":"ROBE","quantity":2,"condition":"A"},{"sku":"HAT","quantity":1}]}"#
        let all = ScriptedAPI([goods])
        let whole = try BlindReceiptsCommand.Open.parse(["blr_1", "--return-reason", "wrong_size", "--reason", "seen"])
        _ = try await whole.carryOut(client(all))
        #expect(all.urls.last?.hasSuffix("/blind-receipts/blr_1/open-return") == true)
        let lines: [JSONValue] = [
            ["sku": "ROBE", "quantity": 2, "reason": "wrong_size"],
            ["sku": "HAT", "quantity": 1, "reason": "wrong_size"],
        ]
        #expect(all.bodies == [["lines": .array(lines), "reason": "seen"]])
        let part = ScriptedAPI([])
        let named = ["blr_1", "--order", "ord_9", "--lines", "ROBE=1", "--reason", "seen"]
        _ = try await BlindReceiptsCommand.Open.parse(named).carryOut(client(part))
        #expect(
            part.bodies == [["order_id": "ord_9", "lines": [["sku": "ROBE", "quantity": 1]], "reason": "seen"]])
    }
}
