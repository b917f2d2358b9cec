import Commerce
import Contracts
import Foundation
import HTTPTransport
import Messaging
import Postgres
import Providers
import Support
import Testing

@testable import Returns

@Suite("Undo of a return in a world that has moved on", .enabled(if: WriteBench.isThere))
struct ReturnUndoTests {
    @Test("a used label stays, what came in stays received, and the return says so")
    func movedOn() async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let order = run.orders[0]
            try await run.shipGoods()
            let goods = try await run.openReturns()[order.shopID]
            let authorized = try await order.perform(AuthorizeReturn(returnID: goods.id)).authorizationID ?? ""
            let number = try await order.perform(AnnounceReturn(returnID: goods.id)).number ?? ""
            let label = try await order.perform(BuyReturnLabel(returnID: goods.id))

            try await bench.simulators.control(
                "POST", "/_sim/shipstation/scan",
                #"{"tracking_number":"\#(label.trackingNumber)","status":"in_transit"}"#)
            try await bench.simulators.control(
                "POST", "/_sim/dcl/rmas/\(number)/receive", #"{"lines":[{"sku":"MIE-ROBE-S","quantity":1}]}"#)
            try await receiveOne(authorized, bench)

            _ = try await order.perform(VoidReturnLabel(returnID: goods.id, labelID: label.labelID))
            _ = try await order.perform(CancelReturnAnnouncement(returnID: goods.id, number: number))
            _ = try await order.perform(CancelReturnAuthorization(returnID: goods.id, authorizationID: authorized))

            let told = try await summaries(of: goods.id, bench)
            #expect(told["return.label_not_voided"]?.hasPrefix("The label stays: ") == true)
            #expect(told["return.label_voided"] == nil)
            #expect(told["return.announcement_cancelled"]?.contains("received goods") == true)
            #expect(told["return.authorization_cancelled"]?.contains("the rest of it is closed") == true)
            let lines = try await bench.simulators.control("GET", "/_sim/netsuite/state").returnAuthorizations.array
                .first { $0.id.string == authorized }?.item.items.array
            #expect(lines?.map(\.isClosed.bool) == [true])
        }
    }

    @Test("a ticket that is not there refuses no message: the return says so and goes on")
    func noTicket() async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let order = run.orders[0]
            try await run.shipGoods()
            let goods = try await run.openReturns()[order.shopID]
            try await bench.returns.pool.execute(
                """
                UPDATE returns SET request = jsonb_set(request, '{helpdesk,ticket_id}', '"999999"')
                WHERE id = \(goods.id.uuid)
                """, workspace: bench.workspaceID.uuid)
            _ = try await order.perform(PostReturnMessage(returnID: goods.id, message: .received))
            #expect(try await summaries(of: goods.id, bench)["return.message_failed"]?.contains("'received'") == true)
        }
    }

    @Test(
        "a subscription at Stripe ends with its period, goes on when that is taken back, and stays ended once it is over"
    )
    func stripe() async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let order = run.orders[0]
            let goods = try await run.openReturns()[order.shopID]
            let id = try #require(
                try await bench.simulators.control("POST", "/_sim/stripe/subscriptions", "{}").id.string)
            let named = #"{"provider":"stripe","id":"\#(id)"}"#
            try await bench.returns.pool.execute(
                """
                UPDATE returns SET request = jsonb_set(request, '{subscription}', \(JSONB(text: named)))
                WHERE id = \(goods.id.uuid)
                """, workspace: bench.workspaceID.uuid)
            let cancelled = try await order.perform(CancelReturnSubscription(returnID: goods.id))
            #expect(cancelled == .init(byUs: true, nextChargeDate: nil))
            #expect(try await subscription(id, bench).cancel_at_period_end.bool == true)

            _ = try await order.perform(RestoreReturnSubscription(returnID: goods.id, nextChargeDate: nil))
            #expect(try await subscription(id, bench).cancel_at_period_end.bool == false)

            try await bench.returns.pool.execute(
                "UPDATE returns SET generation = 2 WHERE id = \(goods.id.uuid)", workspace: bench.workspaceID.uuid)
            _ = try await order.perform(CancelReturnSubscription(returnID: goods.id))
            try await bench.simulators.control("POST", "/_sim/stripe/subscriptions/\(id)/end-period")
            _ = try await order.perform(RestoreReturnSubscription(returnID: goods.id, nextChargeDate: nil))
            let told = try await summaries(of: goods.id, bench)["return.subscription_not_restored"]
            #expect(told?.contains("ended for good") == true)
        }
    }

    private func subscription(_ id: String, _ bench: WriteBench) async throws -> JSON {
        let all = try await bench.simulators.control("GET", "/_sim/stripe/state").subscriptions.array
        return try #require(all.first { $0.id.string == id })
    }

    /// Somebody enters one robe in the ERP by hand.
    private func receiveOne(_ authorizationID: String, _ bench: WriteBench) async throws {
        let settings = try Providers.NetSuiteSettings.decode(bench.simulators.settings("netsuite"))
        let http = CurlHTTPClient()
        let client = NetSuiteClient(settings: settings, http: http, gate: OpenGate())
        let line = try #require(try await client.returnAuthorization(authorizationID).lines.first)
        let receipt = NetSuiteReceiptDraft(
            externalID: "by-hand", lines: [line.number: .init(quantity: 1, restock: true)])
        _ = try await client.receiveReturn(authorization: authorizationID, receipt)
        await http.shutdown()
    }

    /// What the return's timeline tells, by type.
    private func summaries(of id: ReturnID, _ bench: WriteBench) async throws -> [String: String] {
        let rows = try await bench.returns.pool.query(
            "SELECT type, summary FROM return_timeline WHERE return_id = \(id.uuid)", workspace: bench.workspaceID.uuid)
        return try Dictionary(
            rows.map { (try $0("type", as: String.self), try $0("summary", as: String.self)) },
            uniquingKeysWith: { first, _ in first })
    }
}
