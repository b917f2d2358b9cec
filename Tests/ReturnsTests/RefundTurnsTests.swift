import Commerce
import Contracts
import Messaging
import SeededRandom
import Support
import Testing
import Views

@testable import Returns

@Suite("Refunds that fail, arrive and fail again", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct RefundTurnsTests {
    /// A refund of ours and one made by hand, of 54.00 each, as the shop has them.
    private struct Shop {
        let ours: RefundID
        var status = "pending"
        var statusByHand = "pending"
        var heard: [RefundStatus] = [.pending]

        /// Money that was on its way arrives or fails; what arrived may fail, and what failed may arrive.
        mutating func move(_ random: inout SeededGenerator) {
            let next = { (status: String) in status == "success" ? "failure" : "success" }
            if Bool.random(using: &random) {
                status = status == "pending" && Bool.random(using: &random) ? "failure" : next(status)
                heard.append(status == "success" ? .succeeded : .failed)
            } else {
                statusByHand = next(statusByHand)
            }
        }

        func read(_ bench: ReturnsBench) async throws {
            let lines = #""refund_line_items":[{"line_item_id":1,"quantity":1,"subtotal":50.0,"total_tax":4.0}]"#
            let (mine, theirs) = (movement(900, status), movement(901, statusByHand))
            try await bench.readPaidOrder(
                refunds: """
                    [{"id":8,"note":"test [\(ours)]",\(lines),"transactions":[\(mine)]},
                     {"id":9,\(lines),"transactions":[\(theirs)]}]
                    """, further: ",\(mine),\(theirs)")
        }

        private func movement(_ id: Int, _ status: String) -> String {
            #"{"id":\#(id),"kind":"refund","status":"\#(status)","amount":"54.00","parent_id":801}"#
        }

        /// What people count as given, where the shop's own refunds count from their beginning.
        var refunded: Int64 { (status == "success" ? 5400 : 0) + (statusByHand == "failure" ? 0 : 5400) }
        var pending: Int64 { status == "pending" ? 5400 : 0 }
    }

    @Test(
        "whatever turns refunds take and whoever tells of them, the ledger ends as the shop's money stands",
        arguments: UInt64(1)...16)
    func randomTurns(seed: UInt64) async throws {
        try await ReturnsBench.run { bench in
            var random = SeededGenerator(seed: seed)
            try await bench.readPaidOrder()
            let ours = try await bench.request(lines: [.init(lineID: "1", quantity: 1)])
            var shop = Shop(ours: ours)
            for _ in 0..<10 {
                shop.move(&random)
                // Now and then nobody tells of it, and an answer of our own call comes late.
                if Bool.random(using: &random), let late = shop.heard.randomElement(using: &random) {
                    _ = try await bench.settle(ours, as: late)
                } else {
                    for _ in 0...Int.random(in: 0...1, using: &random) { try await shop.read(bench) }
                    try await expect(shop, bench, random)
                }
                let tender = try await bench.tender()
                #expect(tender.refunded >= 0 && tender.pending >= 0, "\(random)")
            }
            try await shop.read(bench)
            try await expect(shop, bench, random)
        }
    }

    private func expect(_ shop: Shop, _ bench: ReturnsBench, _ random: SeededGenerator) async throws {
        let tender = try await bench.tender()
        #expect(tender.refunded == shop.refunded && tender.pending == shop.pending, "\(random)")
        let taken = (shop.refunded + shop.pending) / 5400
        #expect(try await bench.balance(.goods) == -10_000 + 5000 * Int(taken), "\(random)")
        #expect(try await bench.balance(.tax) == -800 + 400 * Int(taken), "\(random)")
        #expect(try await bench.heldUnits() == Int(taken), "\(random)")
    }

    @Test(
        "a refund that one payment gives and another does not is in the ledger as the shop has it, and not given again",
        arguments: UInt64(1)...8)
    func parts(seed: UInt64) async throws {
        try await ReturnsBench.run { bench in
            var random = SeededGenerator(seed: seed)
            try await bench.readTwicePaidOrder()
            let ours = try await bench.request(amount: "113.00")
            var statuses = ["pending", "pending"]
            for _ in 0..<8 {
                let which = Int.random(in: 0...1, using: &random)
                let fails = statuses[which] == "pending" && Bool.random(using: &random)
                statuses[which] = fails || statuses[which] == "success" ? "failure" : "success"
                for _ in 0..<2 { try await bench.readTwicePaidOrder(refund: ours, statuses) }
                // Until there is a word on both, all of it is on its way.
                let isPending = statuses.contains("pending")
                for (tender, status) in zip(try await bench.tenders(), statuses) {
                    let isGiven = status == "success" && !isPending
                    #expect(tender.refunded == (isGiven ? tender.captured : 0), "\(random) \(statuses)")
                    #expect(tender.pending == (isPending ? tender.captured : 0), "\(random) \(statuses)")
                }
                guard isPending || statuses.contains("success") else { continue }
                let refusal = await #expect(throws: Refusal.self) { try await bench.request(amount: "113.00") }
                #expect(refusal?.code == "nothing_refundable")
            }
        }
    }

    @Test("each turn is an entry of its own, and news of one heard twice is none")
    func turns() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let id = try await bench.request(lines: [.init(lineID: "1", quantity: 1)])
            for status in [RefundStatus.succeeded, .failed, .succeeded, .failed, .succeeded] {
                for _ in 0..<2 { _ = try await bench.settle(id, as: status) }
            }
            #expect(
                try await bench.entries() == [
                    "captured", "refund_requested", "refund_succeeded", "refund_reversed", "refund_succeeded",
                    "refund_reversed", "refund_succeeded",
                ])
            #expect(try await bench.tender().refunded == 5400)
            #expect(try await bench.heldUnits() == 1)
        }
    }

    @Test("a return's refund that failed and has arrived after all is not asked for again")
    func arrivedAfterAll() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            let refund = try #require(try await bench.refund(id).refundID)
            let turns: [RefundStatus] = [.succeeded, .failed, .succeeded]
            for status in turns { _ = try await bench.settle(refund, as: status) }
            #expect(try await bench.record(id).statusReason?.code == "refund_arrived")
            let no = await #expect(throws: Refusal.self) { try await bench.decide(id, .reject) }
            #expect(no?.code == "not_allowed" && no?.message.contains("54.00") == true)
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).refundID == refund)
            #expect(try await bench.record(id).status == .refunded)
            #expect(try await bench.tender().refunded == 5400)
            #expect(try await bench.tender().pending == 0)
        }
    }

    @Test("a return's earlier refund that has arrived stands, also where another was asked for in its place")
    func earlierArrived() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            let first = try #require(try await bench.refund(id).refundID)
            _ = try await bench.settle(first, as: .failed)
            try await bench.decide(id, .approve)
            let second = try #require(try await bench.refund(id).refundID)
            #expect(second != first)
            _ = try await bench.settle(first, as: .succeeded)
            try await bench.handle {
                let handler = SendRefundHandler(accounts: .onlyShopify(StubHTTP([:])))
                guard case .reply(let reply) = try await handler.plan(SendRefund(refundID: second), in: $0) else {
                    Issue.record("what is paid was to be paid again")
                    return
                }
                #expect(reply.error?.code == "refund_stands")
            }
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).refundID == first)
            #expect(try await bench.record(id).status == .refunded)
            #expect(try await bench.tender().refunded == 5400)
            #expect(try await bench.tender().pending == 0)
        }
    }
}

extension ReturnsBench {
    /// The same order, paid with 100.00 by card and 13.00 of a gift card, and all of it refunded.
    fileprivate func readTwicePaidOrder(refund: RefundID? = nil, _ statuses: [String] = []) async throws {
        let movements = zip([(900, "100.00", 801), (901, "13.00", 802)], statuses).map { part, status in
            #"{"id":\#(part.0),"kind":"refund","status":"\#(status)","amount":"\#(part.1)","parent_id":\#(part.2)}"#
        }
        let all = movements.joined(separator: ",")
        let refunds = refund.map { #"[{"id":8,"note":"test [\#($0)]","transactions":[\#(all)]}]"# } ?? "[]"
        try await read(
            """
            {"id":77,"name":"#77","currency":"USD","taxes_included":false,"total_price":"113.00","total_tax":"8.00",
             "shipping_lines":[{"price":"5.00"}],"refunds":\(refunds),
             "line_items":[{"id":1,"sku":"ROBE","quantity":2,"price":"50.00","tax_lines":[{"price":"8.00"}]}]}
            """,
            """
            [{"id":801,"kind":"sale","status":"success","gateway":"shopify_payments","amount":"100.00"},
             {"id":802,"kind":"sale","status":"success","gateway":"gift_card","amount":"13.00"}\(all.isEmpty ? "" : "," + all)]
            """)
    }

    fileprivate func tenders() async throws -> [TenderBalance] {
        try await handle { [orderID] in try await LedgerStore($0).lock(orderID) }?.tenders ?? []
    }
}
