import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Support
import Testing

@testable import Returns

@Suite("A call that adds returned goods to the shop's stock")
struct RestockCallTests {
    private typealias Handler = RestockReturnHandler

    private static let id = ReturnID()
    private static let goods = Handler.Line(id: "1", sku: "ROBE", quantity: 2)
    private static let more = Handler.Line(id: "2", sku: "SLIP", quantity: 1)

    /// - Parameters:
    ///   - errors: the shop's words against it.
    ///   - age: since an earlier call may have acted.
    private func perform(
        _ lines: [Handler.Line] = [Self.goods], version: String = "2026-04", errors: String = "[]",
        after age: Duration? = nil, at location: String = "9", number: Int? = nil, from place: String? = nil
    ) async throws -> (outcome: Handler.Outcome, sent: [String]) {
        let group = errors == "[]" ? #"{"id":"gid://shopify/InventoryAdjustmentGroup/7"}"# : "null"
        let http = StubHTTP([
            "POST /graphql.json": .init(
                body: """
                    {"data":{"order":{"lineItems":{"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[
                       {"id":"gid://shopify/LineItem/1",
                        "variant":{"inventoryItem":{"id":"gid://shopify/InventoryItem/11","tracked":true}}},
                       {"id":"gid://shopify/LineItem/2","variant":null}]}},
                     "inventoryAdjustQuantities":{"inventoryAdjustmentGroup":\(group),"userErrors":\(errors)}}}
                    """)
        ])
        let handler = Handler(accounts: .onlyShopify(http, version: version, restockLocation: location))
        let outcome = try await handler.perform(
            .init(shopOrder: "77", returnID: Self.id, lines: lines, number: number, location: place),
            for: EffectCall(workspaceID: WorkspaceID(), key: "k", now: SystemClock().now, sinceFirstCall: age))
        return (outcome, http.bodies.filter { $0.contains("inventoryAdjustQuantities") })
    }

    @Test("adds the units under the name of the return, and tells what the shop does not count")
    func added() async throws {
        let (outcome, sent) = try await perform([Self.goods, Self.more])
        #expect(outcome == .adjusted(.init(id: "7", units: 2, left: [Self.more], location: "9")))
        #expect(sent.count == 1 && sent[0].contains(#""key":"restock/\#(Self.id)""#))
        #expect(sent[0].contains("gid://stateset/Return/\(Self.id)") && sent[0].contains("gid://shopify/Location/9"))
    }

    @Test("takes units out where they were put, under a name of its own")
    func takenOut() async throws {
        let out = Handler.Line(id: "1", sku: "ROBE", quantity: -2)
        let (outcome, sent) = try await perform([out], at: "", number: 2, from: "8")
        #expect(outcome == .adjusted(.init(id: "7", units: -2, left: [], location: "8")))
        #expect(sent.count == 1 && sent[0].contains(#""key":"restock/\#(Self.id)/2""#))
        #expect(sent[0].contains(#""delta":-2"#) && sent[0].contains("gid://shopify/Location/8"))
        #expect(sent[0].contains(#""reason":"correction""#))
        guard case .refused(let refusal) = try await perform([out], at: "", number: 2).outcome else {
            Issue.record("people were to be told")
            return
        }
        #expect(refusal.code == "no_location")
    }

    @Test("is not made where only people have something to do")
    func byHand() async throws {
        let (outcome, sent) = try await perform([])
        #expect(outcome == .leftToPeople && sent.isEmpty)
    }

    @Test("is made again under its key for a day, and never without one: whether it acted is not known then")
    func again() async throws {
        let again = try await perform(after: .hours(1))
        #expect(again.outcome == .adjusted(.init(id: "7", units: 2, left: [], location: "9")))
        #expect(again.sent.count == 1)
        for (version, age) in [("2026-04", Duration.hours(24)), ("2025-10", Duration.seconds(1))] {
            let (outcome, sent) = try await perform(version: version, after: age)
            #expect(outcome == .unknown && sent.isEmpty)
        }
    }

    @Test("that is refused after an earlier one whose answer was lost is not known to have done nothing")
    func refusedAgain() async throws {
        let errors = #"[{"code":"IDEMPOTENCY_KEY_PARAMETER_MISMATCH","field":["input"],"message":"Other."}]"#
        #expect(try await perform(errors: errors, after: .hours(1)).outcome == .unknown)
        #expect(try await perform(after: .hours(1), at: "").outcome == .unknown)
        #expect(try await perform(at: "").outcome == .noLocation)
        let refused = try await perform(errors: errors).outcome
        #expect(refused == .refused(Refusal(code: "idempotency_key_parameter_mismatch", message: "Other.")))
    }

    @Test("is not made for goods that the shop does not count")
    func uncounted() async throws {
        let (outcome, sent) = try await perform([Self.more])
        guard case .refused(let refusal) = outcome else {
            Issue.record("it was to be refused, got \(outcome)")
            return
        }
        #expect(refusal.code == "stock_not_tracked" && refusal.message.contains("1 of SLIP") && sent.isEmpty)
    }
}
