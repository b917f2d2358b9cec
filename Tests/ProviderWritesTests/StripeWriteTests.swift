import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

@Suite("Refunds of payments at Stripe", .enabled(if: WriteBench.isThere))
struct StripeWriteTests {
    /// A paid order whose payment is at Stripe, read from the shop.
    /// - Parameter gift: what of the 298.00 a gift card has paid instead, in whole units.
    private func place(
        _ bench: WriteBench, _ intent: String, gift: Int = 0, outcome: String = "succeeded"
    ) async throws -> OrderJourney {
        try await bench.simulators.control(
            "POST", "/_sim/stripe/charges",
            """
            {"amount":\((298 - gift) * 100),"payment_intent":"\(intent)","refund_outcome":"\(outcome)"}
            """)
        let card = gift == 0 ? "" : #",{"gateway":"gift_card","amount":"\#(gift).00"}"#
        let order = try await OrderJourney.place(
            bench,
            further: """
                ,"transactions":[{"gateway":"stripe_phone","amount":"\(298 - gift).00","authorization":"\(intent)"}\(card)]
                """)
        _ = try await order.perform(ReadOrderPayments(orderID: order.orderID))
        return order
    }

    private func request(_ order: OrderJourney, _ bench: WriteBench) async throws -> RefundID {
        try await bench.returns.handle(in: bench.workspaceID) {
            try await RequestRefundHandler().handle(
                RequestRefund(orderID: order.orderID, lines: nil, amount: "298.00", reason: "goodwill"), in: $0)
        }.refundID
    }

    private func atStripe(_ bench: WriteBench) async throws -> [JSON] {
        try await bench.simulators.control("GET", "/_sim/stripe/state").refunds.array
    }

    private func inShop(_ bench: WriteBench) async throws -> [JSON] {
        try await bench.simulators.control("GET", "/_sim/shopify/state").refunds.array
    }

    private func refunded(_ order: OrderJourney, _ bench: WriteBench) async throws -> [Int64] {
        let ledger = try await bench.returns.handle(in: bench.workspaceID) {
            try await LedgerStore($0).lock(order.orderID)
        }
        return ledger?.tenders.map(\.refunded) ?? []
    }

    @Test(
        "are made once for each of twenty orders, though an answer is lost, Stripe's or the shop's",
        arguments: LostAnswer.allCases, [true, false])
    func once(lost: LostAnswer, isAtStripe: Bool) async throws {
        try await WriteBench.run { bench in
            var orders: [OrderJourney] = []
            var ids: [String: RefundID] = [:]
            for number in 0..<20 {
                let order = try await place(bench, "pi_\(number)")
                ids[order.shopID] = try await request(order, bench)
                orders.append(order)
            }
            let refunds = PerOrder(values: ids)
            let run = JourneyRun(bench: bench, lost: lost, orders: orders)
            let sent = try await run.step(of: isAtStripe ? .refundAtStripe : nil) {
                SendRefund(refundID: refunds[$0.shopID])
            }
            #expect(sent.values.values.allSatisfy { $0.reply.status == .succeeded })
            let given = try await atStripe(bench)
            #expect(given.count == 20 && given.allSatisfy { $0.amount.int == 29_800 })
            #expect(Set(given.map(\.payment_intent.string)).count == 20)
            #expect(try await inShop(bench).count == 20)
            for order in orders { #expect(try await refunded(order, bench) == [29_800]) }
        }
    }

    @Test("go on to the shop once Stripe has said yes, and are nowhere before")
    func pending() async throws {
        try await WriteBench.run { bench in
            let order = try await place(bench, "pi_1", outcome: "pending")
            let refund = try await request(order, bench)
            #expect(try await order.perform(SendRefund(refundID: refund)).status == .pending)
            #expect(try await order.perform(CheckRefund(refundID: refund)).status == .pending)
            #expect(try await order.perform(SendRefund(refundID: refund)).status == .pending)
            #expect(try await inShop(bench).isEmpty)
            #expect(try await refunded(order, bench) == [0])
            let id = try #require(try await atStripe(bench).first?.id.string)
            try await bench.simulators.control(
                "POST", "/_sim/stripe/refunds/\(id)/settle", #"{"status":"succeeded"}"#)
            #expect(try await order.perform(CheckRefund(refundID: refund)).status == .pending)
            #expect(try await order.perform(SendRefund(refundID: refund)).status == .succeeded)
            #expect(try await inShop(bench).count == 1)
            #expect(try await atStripe(bench).count == 1)
            #expect(try await refunded(order, bench) == [29_800])
        }
    }

    @Test("that fail days later have failed, and given again are not recorded twice")
    func lateFailure() async throws {
        try await WriteBench.run { bench in
            let order = try await place(bench, "pi_1")
            let refund = try await request(order, bench)
            #expect(try await order.perform(SendRefund(refundID: refund)).status == .succeeded)
            let id = try #require(try await atStripe(bench).first?.id.string)
            try await bench.simulators.control(
                "POST", "/_sim/stripe/refunds/\(id)/settle",
                #"{"status":"failed","failure_reason":"expired_or_canceled_card"}"#)
            let failed = try await order.perform(CheckRefund(refundID: refund))
            #expect(failed.status == .failed && failed.error?.code == "expired_or_canceled_card")
            _ = try await order.perform(ReadOrderPayments(orderID: order.orderID))
            #expect(try await refunded(order, bench) == [0])
            let next = try await request(order, bench)
            #expect(try await order.perform(SendRefund(refundID: next)).status == .succeeded)
            #expect(try await atStripe(bench).count == 2)
            #expect(try await inShop(bench).count == 1)
            #expect(try await refunded(order, bench) == [29_800])
        }
    }

    @Test("stay given where the shop's part fails, and are named to whoever decides")
    func mixed() async throws {
        try await WriteBench.run { bench in
            try await bench.simulators.control(
                "POST", "/_sim/shopify/refunds/outcome", #"{"status":"failure","gateway":"gift_card"}"#)
            let order = try await place(bench, "pi_1", gift: 98)
            let refund = try await request(order, bench)
            #expect(try await order.perform(SendRefund(refundID: refund)).status == .failed)
            #expect(try await refunded(order, bench) == [20_000, 0])
            let error = try await bench.returns.handle(in: bench.workspaceID) {
                try await RefundStore($0).find(refund)?.error
            }
            #expect(error?.code == Refusal.refundFailedInPart && error?.message.contains("200.00") == true)
            _ = try await order.perform(ReadOrderPayments(orderID: order.orderID))
            #expect(try await refunded(order, bench) == [20_000, 0])
        }
    }

    @Test("of which the first fails at Stripe give nothing, and the shop is not asked")
    func failed() async throws {
        try await WriteBench.run { bench in
            let order = try await place(bench, "pi_1", gift: 98, outcome: "failed")
            let refund = try await request(order, bench)
            #expect(try await order.perform(SendRefund(refundID: refund)).status == .failed)
            #expect(try await inShop(bench).isEmpty)
            #expect(try await refunded(order, bench) == [0, 0])
        }
    }
}
