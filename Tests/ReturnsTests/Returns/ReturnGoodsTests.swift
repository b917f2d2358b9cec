import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("Goods and money of a return", .enabled(if: ReturnsBench.isThere))
struct ReturnGoodsTests {
    @Test("grade A and as sold: the money goes back, and only then is anything told")
    func instant() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.receive(id)
            #expect(try await bench.assess(id).verdict == .wait)
            try await bench.inspect(id, grade: "A", matched: true)
            #expect(try await bench.assess(id).verdict == .refund)
            let refund = try await bench.refund(id)
            #expect(refund.amount == "54.00")
            let refundID = try #require(refund.refundID)
            #expect(try await bench.tender().pending == 5400)
            #expect(try await bench.record(id).status == .refundPending)
            let told = try await bench.settle(refundID, as: .succeeded)
            #expect(told.map(\.attributes.type).contains("refund.succeeded"))
            let tender = try await bench.tender()
            #expect(tender.pending == 0 && tender.refunded == 5400)
            #expect(try await bench.record(id).status == .refunded)
            #expect(try await bench.settle(refundID, as: .succeeded).isEmpty)
        }
    }

    @Test(
        "anything but grade A as sold lands in review, with the reason",
        arguments: [
            ("B", true, "not_instant"), ("A", false, "not_matched"), ("B", false, "not_matched"),
            ("D", true, "not_instant"),
        ])
    func review(grade: String, matched: Bool, code: String) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.receive(id)
            try await bench.inspect(id, grade: grade, matched: matched)
            let assessment = try await bench.assess(id)
            #expect(assessment.verdict == .review && assessment.reason?.code == code)
            let record = try await bench.record(id)
            #expect(record.status == .inReview && record.statusReason?.code == code && record.reviewDueAt != nil)
        }
    }

    @Test("what nobody has looked at by the end of the wait lands in review; a grade that came meanwhile counts")
    func endOfTheWait() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let silent = try await bench.sendLabel()
            try await bench.receive(silent)
            #expect(try await bench.assess(silent, isFinal: true).reason?.code == "not_inspected")
            let graded = try await bench.sendLabel()
            try await bench.receive(graded)
            #expect(try await bench.assess(graded).verdict == .wait)
            try await bench.inspect(graded, grade: "good", matched: true)
            #expect(try await bench.assess(graded, isFinal: true).verdict == .refund)
        }
    }

    @Test("a person's yes refunds by grade; what is missing gives nothing and is free again")
    func byGrade() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel(2)
            try await bench.receive(id, 1)
            try await bench.receive(id, 1, as: .missing)
            try await bench.inspect(id, grade: "B", matched: true)
            #expect(try await bench.assess(id).reason?.code == "units_missing")
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "43.20")
            #expect(try await bench.heldUnits() == 1)
        }
    }

    @Test(
        "a yes to goods nobody has graded is refused and says what to do; graded, they are refunded by their grade",
        arguments: [
            (ReceiveReturn.State.received, "B", "43.20"), (.received, "A", "54.00"), (.damaged, "C", "27.00"),
        ])
    func ungraded(state: ReceiveReturn.State, grade: String, amount: String) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.receive(id, as: state)
            #expect(try await bench.assess(id, isFinal: true).reason?.code == "not_inspected")
            // Whether it is what was sold says nothing of its worth.
            for matched in [nil, true] {
                if let matched { try await bench.inspect(id, grade: nil, matched: matched) }
                let refusal = await #expect(throws: Refusal.self) { try await bench.decide(id, .approve) }
                #expect(refusal?.code == "not_inspected")
                #expect(refusal?.message.contains("POST /returns/\(id)/inspect") == true)
                #expect(try await bench.record(id).status == .inReview)
            }
            try await bench.inspect(id, grade: grade, matched: true)
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == amount)
        }
    }

    @Test("goods that a build of before let a person approve ungraded are not refunded in full, but asked about again")
    func approvedUngraded() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.receive(id)
            try await bench.handle {
                var goods = try await ReturnCase.lock(id, in: $0)
                try goods.move(.inspect)
                try await goods.save()
            }
            let refusal = await #expect(throws: Refusal.self) { try await bench.refund(id) }
            #expect(refusal?.code == "not_inspected")
            #expect(try await bench.tender().pending == 0)
            try await bench.inspect(id, grade: "D", matched: true)
            #expect(try await bench.refund(id).refundID == nil)
        }
    }

    @Test("a no needs no grade, and what never came is decided on without one, by a day that is told")
    func noGradeNeeded() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let rejected = try await bench.sendLabel()
            try await bench.receive(rejected)
            _ = try await bench.assess(rejected, isFinal: true)
            try await bench.decide(rejected, .reject)
            #expect(try await bench.record(rejected).status == .rejected)
            let lost = try await bench.sendLabel()
            try await bench.handle {
                let reason = Refusal(code: Refusal.parcelLost, message: "It has not come in.")
                _ = try await ReviewReturnHandler().handle(ReviewReturn(returnID: lost, reason: reason), in: $0)
            }
            #expect(try await bench.record(lost).reviewDueAt != nil)
            try await bench.decide(lost, .approve)
            #expect(try await bench.record(lost).status == .approved)
        }
    }

    @Test("a refund that fails gives its units back to the return and its room to the payment; it can be tried again")
    func failure() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            let first = try #require(try await bench.refund(id).refundID)
            _ = try await bench.settle(first, as: .failed)
            #expect(try await bench.tender().room == 11300)
            #expect(try await bench.record(id).status == .inReview)
            try await bench.decide(id, .approve)
            let second = try #require(try await bench.refund(id).refundID)
            _ = try await bench.settle(second, as: .succeeded)
            #expect(try await bench.tender().refunded == 5400)
            // The first arrives after all: both have been paid, and the books say so.
            let told = try await bench.settle(first, as: .succeeded)
            #expect(try await bench.tender().refunded == 10800)
            #expect(told.types.contains("SendSlackAlert"))
        }
    }

    @Test("cancelled, its units are free again; taken up again, they are held")
    func withdrawn() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel(2)
            let sent = try await bench.withdraw(id)
            #expect(sent.types.contains("SendEmail"))
            #expect(try await bench.record(id).status == .cancelled)
            #expect(try await bench.heldUnits() == 0)
            #expect(try await bench.check(id).outcome == .inReview)
            #expect(try await bench.heldUnits() == 2)
        }
    }

    @Test("what cannot be received or inspected is refused with its line")
    func wrongReceipts() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            await #expect(throws: Refusal.self) { try await bench.inspect(id, grade: "A", matched: true) }
            for quantity in [0, -1, 2, .max] {
                let refusal = await #expect(throws: Refusal.self) { try await bench.receive(id, quantity) }
                #expect(refusal?.field == "lines.0.quantity")
            }
            try await bench.receive(id)
            let refusal = await #expect(throws: Refusal.self) {
                try await bench.inspect(id, grade: "excellent", matched: true)
            }
            #expect(refusal?.field == "lines.0.grade")
        }
    }
}
