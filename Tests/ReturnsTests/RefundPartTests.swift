import Commerce
import Contracts
import Messaging
import SeededRandom
import Support
import Testing
import Views

@testable import Returns

@Suite("Refunds of which one payment gives its part", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct RefundPartTests {
    /// An order paid with 100.00 by card and 13.00 of a gift card, and its refunds as the shop has them.
    struct Shop {
        struct Movement {
            let id: Int
            let parent: String
            let amount: Int64
            var status = "pending"

            var json: String {
                let decimal = "\(amount / 100).\(String(amount % 100 + 100).dropFirst())"
                return
                    #"{"id":\#(id),"kind":"refund","status":"\#(status)","amount":"\#(decimal)","parent_id":\#(parent)}"#
            }
        }

        var refunds: [(id: RefundID, movements: [Movement])] = []

        mutating func make(_ refund: RefundID, _ bench: ReturnsBench) async throws {
            let amounts = try await bench.handle { [orderID = bench.orderID] in
                try await RefundStore($0).amounts(of: refund, in: orderID)
            }
            let first = 900 + 10 * refunds.count
            let movements = amounts.enumerated().map {
                Movement(id: first + $0.offset, parent: $0.element.parentID, amount: $0.element.amount)
            }
            refunds.append((refund, movements))
        }

        /// The gift card gives its part, and the card does not.
        mutating func giveGiftCardOnly() {
            for (index, movement) in refunds[refunds.count - 1].movements.enumerated() {
                refunds[refunds.count - 1].movements[index].status = movement.parent == "802" ? "success" : "failure"
            }
        }

        /// Somebody gives this back in the shop, for nothing.
        mutating func give(_ amount: Int64, from parent: String) {
            let movement = Movement(id: 990 + refunds.count, parent: parent, amount: amount, status: "success")
            refunds.append((RefundID(), [movement]))
        }

        /// Money that was on its way arrives or fails; what arrived may fail, and what failed may arrive.
        mutating func move(_ random: inout SeededGenerator) {
            guard let index = refunds.indices.randomElement(using: &random),
                let part = refunds[index].movements.indices.randomElement(using: &random)
            else { return }
            let status = refunds[index].movements[part].status
            let fails = status == "success" || status == "pending" && Bool.random(using: &random)
            refunds[index].movements[part].status = fails ? "failure" : "success"
        }

        func read(_ bench: ReturnsBench) async throws {
            let refunds = self.refunds.map { refund in
                let movements = refund.movements.map(\.json).joined(separator: ",")
                let id = refund.movements.first?.id ?? 0
                return #"{"id":\#(id),"note":"test [\#(refund.id)]","transactions":[\#(movements)]}"#
            }
            let movements = self.refunds.flatMap(\.movements).map(\.json)
            try await bench.read(
                ReturnsBench.paidOrder(refunds: "[\(refunds.joined(separator: ","))]"),
                "["
                    + ([
                        #"{"id":801,"kind":"sale","status":"success","gateway":"shopify_payments","amount":"100.00"}"#,
                        #"{"id":802,"kind":"sale","status":"success","gateway":"gift_card","amount":"13.00"}"#,
                    ] + movements).joined(separator: ",") + "]")
        }

        /// Minor units that went back, and that are on their way: all of a refund until there is a word on each part.
        var refunded: Int64 { refunds.reduce(0) { $0 + (isPending($1.movements) ? 0 : given($1.movements)) } }
        var pending: Int64 {
            refunds.reduce(0) { $0 + (isPending($1.movements) ? $1.movements.reduce(0) { $0 + $1.amount } : 0) }
        }

        private func isPending(_ movements: [Movement]) -> Bool { movements.contains { $0.status == "pending" } }
        private func given(_ movements: [Movement]) -> Int64 {
            movements.filter { $0.status == "success" }.reduce(0) { $0 + $1.amount }
        }
    }

    /// A return of one robe, of 54.00, whose refund is asked for.
    private func start(_ bench: ReturnsBench) async throws -> (id: ReturnID, shop: Shop) {
        var shop = Shop()
        try await shop.read(bench)
        try await bench.deliverOrder(isPaid: false)
        let id = try await bench.inspected()
        try await shop.make(try #require(try await bench.refund(id).refundID), bench)
        return (id, shop)
    }

    /// Minor units that have gone back and that are on their way.
    private func sums(_ bench: ReturnsBench) async throws -> [Int64] {
        let tenders = try await bench.handle { [orderID = bench.orderID] in
            try await LedgerStore($0).lock(orderID)
        }?.tenders
        return [\TenderBalance.refunded, \.pending].map { part in tenders?.reduce(0) { $0 + $1[keyPath: part] } ?? 0 }
    }

    @Test("what one payment gave is named to whoever decides, and only the rest is given after it")
    func rest() async throws {
        try await ReturnsBench.run { bench in
            let (id, made) = try await start(bench)
            var shop = made
            let gift = try #require(shop.refunds[0].movements.first { $0.parent == "802" }?.amount)
            shop.giveGiftCardOnly()
            for _ in 0..<2 { try await shop.read(bench) }
            let reason = try #require(try await bench.record(id).statusReason)
            #expect(reason.code == "refund_failed_in_part" && reason.message.contains("6.21"))
            try await bench.decide(id, .approve)
            let second = try await bench.refund(id)
            #expect(second.amount == "47.79" && gift == 621)
            try await shop.make(try #require(second.refundID), bench)
            for index in shop.refunds[1].movements.indices { shop.refunds[1].movements[index].status = "success" }
            for _ in 0..<2 { try await shop.read(bench) }
            #expect(try await sums(bench) == [5400, 0])
            #expect(try await bench.balance(.goods) == -5000)
            #expect(try await bench.balance(.tax) == -400)
            #expect(try await bench.heldUnits() == 1)
            let record = try await bench.record(id)
            #expect(record.status == .refunded && record.refund?.calculation?.givenInAll == 5400)
        }
    }

    @Test("a refund is not sent once an earlier one has given a part after all: what is left is reckoned anew")
    func givenMeanwhile() async throws {
        try await ReturnsBench.run { bench in
            let (id, made) = try await start(bench)
            var shop = made
            _ = try await bench.settle(shop.refunds[0].id, as: .failed)
            try await bench.decide(id, .approve)
            let second = try await bench.refund(id)
            #expect(second.amount == "54.00")
            shop.giveGiftCardOnly()
            try await shop.read(bench)
            let secondID = try #require(second.refundID)
            try await bench.handle {
                let handler = SendRefundHandler(accounts: .onlyShopify(StubHTTP([:])))
                guard case .reply(let reply) = try await handler.plan(SendRefund(refundID: secondID), in: $0) else {
                    Issue.record("what is given was to be given again")
                    return
                }
                #expect(reply.error?.code == "refund_given_meanwhile")
            }
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "47.79")
            #expect(try await sums(bench) == [621, 4779])
        }
    }

    @Test("a yes to giving less is to what is left beside the part that was given: less than that is asked about again")
    func cutAfterPart() async throws {
        try await ReturnsBench.run { bench in
            let (id, made) = try await start(bench)
            var shop = made
            shop.giveGiftCardOnly()
            for _ in 0..<2 { try await shop.read(bench) }
            shop.give(10_000, from: "801")
            shop.give(279, from: "802")
            try await shop.read(bench)
            try await bench.decide(id, .approve)
            let firstRefusal = await #expect(throws: Refusal.self) { try await bench.refund(id) }
            let first = try #require(firstRefusal)
            #expect(first.code == "refund_cut" && first.message.contains("4.00 USD left"), "\(first.message)")
            try await bench.handle {
                _ = try await ReviewReturnHandler().handle(ReviewReturn(returnID: id, reason: first), in: $0)
            }
            try await bench.decide(id, .approve)
            shop.give(400, from: "802")
            try await shop.read(bench)
            let secondRefusal = await #expect(throws: Refusal.self) { try await bench.refund(id) }
            let second = try #require(secondRefusal)
            #expect(second.code == "refund_cut" && second.message.contains("4.00 USD less"), "\(second.message)")
        }
    }

    @Test("the units of a refund without a return stay with it as long as a part of it is given")
    func units() async throws {
        try await ReturnsBench.run { bench in
            var shop = Shop()
            try await shop.read(bench)
            try await shop.make(try await bench.request(lines: [.init(lineID: "1", quantity: 2)]), bench)
            shop.giveGiftCardOnly()
            try await shop.read(bench)
            #expect(try await bench.heldUnits() == 2)
            await #expect(throws: Refusal.self) { try await bench.request(lines: [.init(lineID: "1", quantity: 1)]) }
            for index in shop.refunds[0].movements.indices { shop.refunds[0].movements[index].status = "failure" }
            try await shop.read(bench)
            #expect(try await bench.heldUnits() == 0)
            #expect(try await sums(bench) == [0, 0])
        }
    }

    @Test(
        "whatever payments do in whatever order, each refund asks for what is missing, and the ledger is the shop's",
        arguments: UInt64(1)...16)
    func random(seed: UInt64) async throws {
        try await ReturnsBench.run { bench in
            var random = SeededGenerator(seed: seed)
            let (id, made) = try await start(bench)
            var shop = made
            for _ in 0..<12 {
                shop.move(&random)
                guard Bool.random(using: &random) else { continue }
                for _ in 0...Int.random(in: 0...1, using: &random) { try await shop.read(bench) }
                #expect(try await sums(bench) == [shop.refunded, shop.pending], "\(random)")
                try await askAgain(id, &shop, bench, random)
            }
            try await shop.read(bench)
            #expect(try await sums(bench) == [shop.refunded, shop.pending], "\(random)")
            let back = try await bench.balance(.goods) + bench.balance(.tax)
            #expect(Int64(back) == -10_800 + shop.refunded + shop.pending, "\(random)")
            #expect(try await bench.heldUnits() == 1, "\(random)")
        }
    }

    /// Where a person is asked, the answer is yes, and what is missing of 54.00 is asked for.
    private func askAgain(
        _ id: ReturnID, _ shop: inout Shop, _ bench: ReturnsBench, _ random: SeededGenerator
    ) async throws {
        guard try await bench.record(id).status == .inReview else { return }
        try await bench.decide(id, .approve)
        let given = shop.refunded
        let reply: RequestReturnRefund.Reply
        do { reply = try await bench.refund(id) } catch let refusal as Refusal {
            #expect(refusal.code == "refund_cut", "\(random)")
            return
        }
        guard let refund = reply.refundID, !shop.refunds.contains(where: { $0.id == refund }) else { return }
        #expect(try Money(decimal: reply.amount, currency: #require(Currency(code: "USD"))).minorUnits == 5400 - given)
        try await shop.make(refund, bench)
    }
}
