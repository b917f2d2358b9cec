import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

@Suite("What becomes of a refund at the shop", .enabled(if: WriteBench.isThere))
struct RefundNewsTests {
    /// A paid order, and a refund of all its money that is asked for.
    private func request(_ bench: WriteBench) async throws -> (order: OrderJourney, refund: RefundID) {
        let order = try await OrderJourney.place(bench)
        _ = try await order.perform(ReadOrderPayments(orderID: order.orderID))
        let refund = try await bench.returns.handle(in: bench.workspaceID) {
            try await RequestRefundHandler().handle(
                RequestRefund(orderID: order.orderID, lines: nil, amount: "298.00", reason: "goodwill"), in: $0)
        }
        return (order, refund.refundID)
    }

    private func given(_ order: OrderJourney, note: String, _ bench: WriteBench) async throws {
        try await bench.simulators.control(
            "POST", "/_sim/shopify/orders/\(order.shopID)/refunds", #"{"amount":"298.00","note":"\#(note)"}"#)
    }

    private func tender(of order: OrderJourney, _ bench: WriteBench) async throws -> TenderBalance {
        let ledger = try await bench.returns.handle(in: bench.workspaceID) {
            try await LedgerStore($0).lock(order.orderID)
        }
        return try #require(ledger?.tenders.first)
    }

    @Test("a refusal counts for nothing where an earlier sending has given the money")
    func arrivedBefore() async throws {
        try await WriteBench.run { bench in
            let (order, refund) = try await request(bench)
            try await given(order, note: "goodwill [\(refund)]", bench)
            let reply = try await order.perform(SendRefund(refundID: refund))
            #expect(reply.status == .succeeded && reply.error == nil)
            let tender = try await tender(of: order, bench)
            #expect(tender.refunded == 29_800 && tender.pending == 0)
        }
    }

    @Test("a refusal stands where the money went by another refund, and gives the room back")
    func refused() async throws {
        try await WriteBench.run { bench in
            let (order, refund) = try await request(bench)
            try await given(order, note: "by hand", bench)
            let reply = try await order.perform(SendRefund(refundID: refund))
            #expect(reply.status == .failed && reply.error != nil)
            #expect(try await tender(of: order, bench).pending == 0)
        }
    }

    @Test("a sending whose answer was lost comes to its end although the shop has told of its refund meanwhile")
    func toldMeanwhile() async throws {
        try await WriteBench.run { bench in
            let (order, refund) = try await request(bench)
            try await bench.simulators.control(
                "POST", "/_sim/faults",
                #"{"provider":"shopify","method":"POST","path":"*/refunds.json","mode":"drop_after","times":1}"#)
            let sending = try bench.envelope(SendRefund.name, SendRefund(refundID: refund))
            #expect(try await bench.returns.deliver(sending) == nil)
            _ = try await order.perform(ReadOrderPayments(orderID: order.orderID))
            #expect(try await tender(of: order, bench).refunded == 29_800)
            #expect(try await order.perform(SendRefund(refundID: refund)).status == .succeeded)
            let states: [String] = try await bench.returns.pool.query(
                "SELECT state FROM effects WHERE key = \("refund:\(refund)")", workspace: bench.workspaceID.uuid
            ).map { try $0("state") }
            #expect(states == ["done"])
            let held = try await bench.simulators.control("GET", "/_sim/shopify/state").refunds.array
            #expect(held.count { $0.note.string?.contains("\(refund)") == true } == 1)
        }
    }

    @Test("a direct refund that stays pending is asked after once a day, until it is settled; no webhook is needed")
    func pending() async throws {
        try await WriteBench.run { bench in
            try await bench.simulators.control("POST", "/_sim/shopify/refunds/outcome", #"{"status":"pending"}"#)
            let (order, refund) = try await request(bench)
            #expect(try await order.perform(SendRefund(refundID: refund)).status == .pending)
            for _ in 0..<2 {
                #expect(try await days(bench) == [1])
                try await askAfter(bench)
                #expect(try await tender(of: order, bench).pending == 29_800)
            }
            let held = try await bench.simulators.control("GET", "/_sim/shopify/state").refunds.array
            let id = try #require(held.first { $0.note.string?.contains("\(refund)") == true }?.id.int)
            try await bench.simulators.control("POST", "/_sim/shopify/refunds/\(id)/succeed")
            try await askAfter(bench)
            let tender = try await tender(of: order, bench)
            #expect(tender.refunded == 29_800 && tender.pending == 0)
            #expect(try await days(bench).isEmpty)
        }
    }

    /// How many days off the questions are that wait.
    private func days(_ bench: WriteBench) async throws -> [Int] {
        try await bench.returns.pool.query(
            """
            SELECT round(extract(epoch FROM due_at - now()) / 86400)::integer AS days FROM timers
            WHERE workspace_id = \(bench.workspaceID.uuid) AND body LIKE '%"CheckRefund"%'
            """, workspace: bench.workspaceID.uuid
        ).map { try $0("days") }
    }

    /// Takes the questions that wait, as if their day had come.
    private func askAfter(_ bench: WriteBench) async throws {
        let bodies: [String] = try await bench.returns.pool.query(
            """
            DELETE FROM timers WHERE workspace_id = \(bench.workspaceID.uuid) AND body LIKE '%"CheckRefund"%'
            RETURNING body
            """, workspace: bench.workspaceID.uuid
        ).map { try $0("body") }
        #expect(bodies.count == 1)
        for body in bodies { _ = try await bench.returns.deliver(try Envelope(body: Array(body.utf8))) }
    }
}
