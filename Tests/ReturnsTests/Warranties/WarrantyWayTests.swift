import Commerce
import Contracts
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("The way of a warranty claim", .enabled(if: ReturnsBench.isThere))
struct WarrantyWayTests {
    private static let parcel = OutgoingParcel(trackingNumber: "1ZBACK", carrier: "UPS")

    @Test("mended goods are free again and may be claimed anew; the claim tells where they went")
    func repair() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.sendIn()
            #expect(try await bench.warranty(id).status == .received)
            try await bench.inspect(id)
            #expect(try await bench.choose(id) == .repair)
            #expect(try await bench.warranty(id).status == .inRepair)
            let bare = await #expect(throws: Refusal.self) {
                try await bench.handle {
                    let command = RecordRepair(warrantyID: id, outcome: .repaired, note: nil, parcel: nil)
                    _ = try await RecordRepairHandler().handle(command, in: $0)
                }
            }
            #expect(bare?.field == "tracking_number")
            try await bench.repaired(id)
            #expect(try await bench.heldUnits() == 1)
            try await bench.close(id)
            let record = try await bench.warranty(id)
            #expect(record.status == .closed && record.parcel == Self.parcel && record.repair?.outcome == .repaired)
            #expect(try await bench.record(#require(record.returnID)).status == .closed)
            #expect(try await bench.heldUnits() == 0)
            _ = try await bench.claim(2)
        }
    }

    @Test("one unit may be claimed so often as the plan says")
    func claimsMax() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms(
                #"{"plans":[{"id":"a","term":"P1Y","covers":["defect"],"remedies":["repair"],"claims_max":1}]}"#)
            let id = try await bench.sendIn(2)
            try await bench.inspect(id)
            _ = try await bench.choose(id)
            try await bench.repaired(id)
            try await bench.close(id)
            let refusal = await #expect(throws: Refusal.self) { try await bench.claim() }
            #expect(refusal?.code == "claims_exhausted")
        }
    }

    @Test("a refund is the whole price, whatever the grade, without fees, and its unit is spent")
    func refund() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.sendIn()
            let goods = try #require(try await bench.warranty(id).returnID)
            try await bench.handle {
                let line = InspectReturn.Line(lineID: "1", quantity: 1, grade: "D", matched: true)
                var goods = try await ReturnCase.lock(goods, in: $0)
                try await ReturnReceiving(transaction: $0).inspect([line], of: &goods, by: .system)
            }
            try await bench.inspect(id, remedy: .refund)
            #expect(try await bench.choose(id) == .refund)
            let refund = try await bench.refund(goods)
            #expect(refund.amount == "54.00")
            #expect(try await bench.warranty(id).status == .refundPending)
            let told = try await bench.settle(try #require(refund.refundID), as: .succeeded)
            #expect(told.types.contains("warranty.refund_settled") && !told.types.contains("return.refund_settled"))
            #expect(try await bench.warranty(id).status == .refunded)
            try await bench.close(id)
            #expect(try await bench.warranty(id).status == .closed)
            #expect(try await bench.tender().refunded == 5400)
            let spent = await #expect(throws: Refusal.self) { try await bench.claim(2) }
            #expect(spent?.code == "already_returned")
            // The other unit is free still.
            _ = try await bench.claim(1)
        }
    }

    @Test("a refund is never more than what is left of the payment")
    func capped() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            _ = try await bench.request(amount: "90.00")
            let id = try await bench.sendIn()
            try await bench.inspect(id, remedy: .refund)
            _ = try await bench.choose(id)
            let goods = try #require(try await bench.warranty(id).returnID)
            #expect(try await bench.refund(goods).amount == "23.00")
            #expect(try await bench.tender().room == 0)
            let next = try await bench.sendIn()
            try await bench.inspect(next, remedy: .refund)
            _ = try await bench.choose(next)
            let other = try #require(try await bench.warranty(next).returnID)
            let refusal = await #expect(throws: Refusal.self) { try await bench.refund(other) }
            #expect(refusal?.code == "nothing_refundable")
        }
    }

    @Test("a refund that failed puts the claim to a person, and is tried again")
    func failedRefund() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.sendIn()
            try await bench.inspect(id, remedy: .refund)
            _ = try await bench.choose(id)
            let goods = try #require(try await bench.warranty(id).returnID)
            let first = try #require(try await bench.refund(goods).refundID)
            _ = try await bench.settle(first, as: .failed)
            #expect(try await bench.warranty(id).status == .inReview)
            try await bench.decide(id, .approve)
            #expect(try await bench.warranty(id).status == .inspected)
            #expect(try await bench.choose(id) == .refund)
            let second = try #require(try await bench.refund(goods).refundID)
            _ = try await bench.settle(second, as: .succeeded)
            #expect(try await bench.warranty(id).status == .refunded)
        }
    }

    @Test("without a fault a person decides; goods that are not made good go back, their unit is free")
    func noFault() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.sendIn()
            try await bench.inspect(id, .noFault)
            let record = try await bench.warranty(id)
            #expect(record.status == .inReview && record.statusReason?.code == "no_fault")
            let kept = await #expect(throws: Refusal.self) { try await bench.decide(id, .reject) }
            #expect(kept?.code == "no_parcel" && kept?.field == "tracking_number")
            let bad = await #expect(throws: Refusal.self) {
                try await bench.decide(id, .reject, parcel: .init(trackingNumber: "1Z\r\nBcc: x", carrier: nil))
            }
            #expect(bad?.code == "bad_tracking_number")
            try await bench.decide(id, .reject, parcel: Self.parcel)
            let sent = try await bench.withdraw(id)
            let mail: SendEmail = try #require(sent.first { $0.attributes.type == "SendEmail" }).data()
            #expect(mail.template == .warrantyRejected && mail.values.texts["tracking_number"] == "1ZBACK")
            #expect(try await bench.warranty(id).status == .rejected)
            #expect(try await bench.record(#require(record.returnID)).status == .rejected)
            #expect(try await bench.heldUnits() == 0)
            await #expect(throws: Refusal.self) { try await bench.check(id) }
        }
    }

    @Test("a person may help anyway, with what the plan offers")
    func helpAnyway() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.sendIn()
            try await bench.inspect(id, .misuse)
            try await bench.decide(id, .approve, remedy: .replacement)
            #expect(try await bench.warranty(id).status == .inspected)
            #expect(try await bench.choose(id) == .replacement)
            #expect(try await bench.choose(id, after: [.replacement, .repair, .refund]) == nil)
            #expect(try await bench.warranty(id).statusReason?.code == "no_remedy_left")
        }
    }

    @Test("an expired claim lets go of its unit; its return ends with it")
    func expired() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.claim()
            let goods = try #require(try await bench.check(id).outline.returnID)
            let expired = try await bench.handle {
                _ = try await RecordLabelSentHandler().handle(RecordLabelSent(returnID: goods), in: $0)
                return try await ReturnsBench.expire(goods, in: $0)
            }
            #expect(expired)
            #expect(try await bench.warranty(id).status == .expired)
            _ = try await bench.withdraw(id)
            #expect(try await bench.warranty(id).status == .expired)
            #expect(try await bench.record(goods).status == .expired)
            #expect(try await bench.heldUnits() == 0)
        }
    }

    @Test("the verbs of a return say where to turn for one that belongs to a claim; its news go to the claim's saga")
    func verbsOfReturn() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let (id, made) = try await bench.handleAndSend { transaction in
                try await CreateWarrantyHandler().handle(
                    CreateWarranty(
                        request: .init(orderID: "\(bench.orderID)", sku: "ROBE", quantity: 1, problem: "defect")),
                    in: transaction
                ).warrantyID
            }
            #expect(made.types.contains("warranty.requested") && !made.types.contains("return.requested"))
            let goods = try #require(try await bench.check(id).outline.returnID)
            let decide = await #expect(throws: Refusal.self) {
                try await bench.handle {
                    _ = try await DecideReturnHandler().handle(
                        DecideReturn(returnID: goods, verb: .approve, reason: "x"), in: $0)
                }
            }
            #expect(decide?.code == "not_allowed" && decide?.message.contains("/warranties/\(id)/approve") == true)
            let (_, sent) = try await bench.handleAndSend {
                let line = ReceiveReturn.Line(lineID: "1", quantity: 1, state: nil)
                _ = try await ReceiveReturnHandler().handle(ReceiveReturn(returnID: goods, lines: [line]), in: $0)
            }
            #expect(sent.types.contains("warranty.received") && !sent.types.contains("return.received"))
            #expect(try await bench.warranty(id).status == .received)
        }
    }

    @Test("goods that come in while a person decides go to the bench once it is a yes; they are not lost")
    func cameInDuringReview() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms(
                """
                {"plans":[{"id":"a","term":"P1Y","covers":["defect"],"remedies":["repair","refund"],
                  "approval_limit":"1.00"}]}
                """)
            let id = try await bench.claim()
            let goods = try #require(try await bench.check(id).outline.returnID)
            #expect(try await bench.warranty(id).status == .inReview)
            try await bench.receive(goods)
            try await bench.handle {
                let lost = Refusal(code: Refusal.parcelLost, message: "lost")
                _ = try await ReviewWarrantyHandler().handle(ReviewWarranty(warrantyID: id, reason: lost), in: $0)
            }
            #expect(try await bench.warranty(id).statusReason?.code == "over_approval_limit")
            try await bench.decide(id, .approve)
            #expect(try await bench.warranty(id).status == .received)
            #expect(try await bench.record(goods).status == .received)
            try await bench.inspect(id)
            #expect(try await bench.choose(id) == .repair)
        }
    }

    @Test("what did not come in is not replaced, and is free to be claimed")
    func partReplaced() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.claim(2)
            try await bench.receive(try #require(try await bench.check(id).outline.returnID))
            try await bench.inspect(id, remedy: .replacement)
            #expect(try await bench.choose(id) == .replacement)
            try await bench.handle {
                let handler = CompleteReplacementHandler(accounts: .onlyShopify(StubHTTP([:])))
                _ = try await handler.settle(
                    .init(orderID: "55"), of: .init(draftID: "9"),
                    for: CompleteReplacement(warrantyID: id, draftID: "9"), in: $0)
            }
            #expect(try await bench.heldUnits() == 1)
            try await bench.close(id)
            _ = try await bench.claim(1)
        }
    }

    @Test("goods that are here when their claim is cancelled stay held, and people are told of them")
    func goodsLeft() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.sendIn()
            let sent = try await bench.withdraw(id)
            #expect(sent.contains { $0.attributes.type == "SendSlackAlert" })
            #expect(try await bench.warranty(id).status == .cancelled)
            #expect(try await bench.heldUnits() == 1)
        }
    }
}
