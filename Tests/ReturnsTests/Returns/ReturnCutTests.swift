import Commerce
import Contracts
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite(
    "Returns whose order has less left than they were promised", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct ReturnCutTests {
    /// Both robes, of 108.00, are here and graded.
    private func bringIn(_ id: ReturnID, _ bench: ReturnsBench) async throws {
        try await bench.label(id)
        try await bench.receive(id, 2)
        try await bench.inspect(id, 2, grade: "A", matched: true)
    }

    @Test("a person is told what is due and what is left; a yes gives that and no more, and the customer reads of it")
    func approved() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask(2)
            try await bringIn(id, bench)
            try await bench.giveInShop("10.00")
            let assessment = try await bench.assess(id)
            #expect(assessment.verdict == .review && assessment.reason?.code == "refund_cut")
            let words = try #require(assessment.reason?.message)
            for amount in ["108.00 USD are due", "103.00 USD left", "5.00 USD less than was promised"] {
                #expect(words.contains(amount), "\(words)")
            }
            try await bench.decide(id, .approve)
            let refund = try await bench.refund(id)
            #expect(refund.amount == "103.00")
            #expect(try await bench.tender().room == 0)
            #expect(try await bench.balance(.other) == -500)
            _ = try await bench.settle(try #require(refund.refundID), as: .succeeded)
            let sent = try await bench.handleAndSend {
                let notify = NotifyReturnCustomer(returnID: id, notice: .returnRefunded)
                _ = try await NotifyReturnCustomerHandler().handle(notify, in: $0)
            }.sent
            let mail: SendEmail = try #require(sent.first { $0.attributes.type == SendEmail.name }).data()
            #expect(mail.values.texts["amount"] == "103.00")
        }
    }

    @Test("less still than was approved is asked about again, before the money is asked for")
    func lessAgain() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask(2)
            try await bringIn(id, bench)
            try await bench.giveInShop("10.00")
            _ = try await bench.assess(id)
            try await bench.decide(id, .approve)
            try await bench.giveInShop("10.00", "3.00")
            let refusal = await #expect(throws: Refusal.self) { try await bench.refund(id) }
            let cut = try #require(refusal)
            #expect(cut.code == "refund_cut" && cut.message.contains("100.00 USD left: 3.00 USD less"))
            try await bench.handle {
                _ = try await ReviewReturnHandler().handle(ReviewReturn(returnID: id, reason: cut), in: $0)
            }
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "100.00")
        }
    }

    @Test("a yes is to what was told: where less is left by then, the person is asked again before anything is given")
    func lessByTheYes() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask(2)
            try await bringIn(id, bench)
            try await bench.giveInShop("10.00")
            _ = try await bench.assess(id)
            try await bench.giveInShop("10.00", "103.00")
            try await bench.decide(id, .approve)
            let refusal = await #expect(throws: Refusal.self) { try await bench.refund(id) }
            let cut = try #require(refusal)
            #expect(cut.code == "refund_cut" && cut.message.contains("nothing is given"), "\(cut.message)")
            try await bench.handle {
                _ = try await ReviewReturnHandler().handle(ReviewReturn(returnID: id, reason: cut), in: $0)
            }
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).refundID == nil)
        }
    }

    @Test("what was missing when it was asked for is paid without a person: so much was promised")
    func promisedSo() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.giveInShop("10.00")
            let id = try await bench.ask(2)
            try await bringIn(id, bench)
            #expect(try await bench.assess(id).verdict == .refund)
            #expect(try await bench.refund(id).amount == "103.00")
        }
    }

    @Test("what the shop rounds otherwise than we do is no cut, and the payments' limit holds all the same")
    func rounded() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let rules = #""rules":[{"id":"r","when":{},"then":{"instant_refund":true}}]"#
            try await bench.set(policy: #"\#(rules),"fees":{"original_shipping":"full_return"}"#)
            let id = try await bench.ask()
            try await bench.label(id)
            try await bench.receive(id)
            try await bench.inspect(id, grade: "A", matched: true)
            // The other robe, a cent dearer than ours; with it, all is back.
            try await bench.refundInShop(1, amount: "54.01")
            #expect(try await bench.assess(id).reason?.code == "refunded_in_shop")
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "58.99")
        }
    }

    @Test("one that rests is put to a person with it, instead of being refused for ever")
    func atRest() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected(grade: "D")
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).refundID == nil)
            try await bench.close(id)
            try await bench.endSaga(of: id)
            try await bench.giveInShop("100.00")
            try await bench.reopen(id)
            try await bench.inspect(id, grade: "B", matched: true)
            #expect(try await !bench.decide(id, .approve).types.contains(SendRefund.name))
            let record = try await bench.record(id)
            #expect(record.status == .inReview && record.statusReason?.code == "refund_cut")
            let sent = try await bench.decide(id, .approve)
            let sending: SendRefund = try #require(sent.first { $0.attributes.type == SendRefund.name }).data()
            let amount = try await bench.handle { try await RefundStore($0).find(sending.refundID)?.amount }
            #expect(amount?.decimalString == "13.00")
        }
    }

    @Test("a refund of lines that is more than what is left is refused with what it takes")
    func direct() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.giveInShop("10.00")
            let refusal = await #expect(throws: Refusal.self) {
                try await bench.request(lines: [.init(lineID: "1", quantity: 2)])
            }
            #expect(refusal?.code == "nothing_refundable" && refusal?.message.contains("takes 108.00 USD") == true)
        }
    }
}

extension ReturnsBench {
    /// Somebody has given these amounts in the shop, for nothing, and its order is read again.
    func giveInShop(_ amounts: String...) async throws {
        let movements = amounts.enumerated().map { index, amount in
            #"{"id":91\#(index),"kind":"refund","status":"success","amount":"\#(amount)","parent_id":801}"#
        }
        let refunds = movements.enumerated().map { #"{"id":9\#($0.offset),"transactions":[\#($0.element)]}"# }
        try await readPaidOrder(
            refunds: "[\(refunds.joined(separator: ","))]", further: "," + movements.joined(separator: ","))
    }
}
