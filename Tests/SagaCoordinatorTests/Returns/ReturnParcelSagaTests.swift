import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

@Suite("Return saga: parcels that are late, lost or here already")
struct ReturnParcelSagaTests {
    private let way = ReturnWay()

    @Test("the customer is reminded after 7 and 21 days, and the return expires after 30")
    func expiry() throws {
        var saga = try way.labelled()
        try saga.advance(by: .days(7))
        #expect(try saga.expect(RemindOfReturn.self).number == 1)
        try saga.reply(to: RemindOfReturn.self, Done())
        try saga.advance(by: .days(14))
        #expect(try saga.expect(RemindOfReturn.self).number == 2)
        try saga.reply(to: RemindOfReturn.self, Done())
        try saga.advance(by: .days(9))
        try saga.reply(to: ExpireReturn.self, .init(expired: true))
        try saga.expectCompensation(
            "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawReturn")
        try saga.expect(.compensated)
    }

    @Test("a helpdesk that is away, or mails that are not taken, hold up no label: its reminders begin all the same")
    func labelUntold() throws {
        for isAway in [true, false] {
            var saga = try way.scenario()
            try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: way.plan()))
            try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
            try saga.reply(to: AnnounceReturn.self, .init(number: "RMA-1"))
            try saga.reply(to: BuyReturnLabel.self, .init(labelID: "se-1", trackingNumber: "1Z1"))
            #expect(try saga.expect(NotifyReturnCustomer.self).notice == .returnLabel)
            if isAway {
                try saga.reply(to: NotifyReturnCustomer.self, Done())
                #expect(try saga.expect(PostReturnMessage.self).message == .label)
                try saga.advance(by: .minutes(10))
            } else {
                try saga.refuse(NotifyReturnCustomer.self)
                try saga.refuse(PostReturnMessage.self)
            }
            try saga.reply(to: RecordLabelSent.self, Done())
            #expect(saga.businessStatus == "label_sent")
            try saga.advance(by: .days(7))
            try saga.expect(RemindOfReturn.self)
        }
    }

    @Test("a label that took another's place has its own time; goods come in by then, or the return expires")
    func replaced() throws {
        for comesIn in [false, true] {
            var saga = try way.labelled()
            for day in [7, 14] {
                try saga.advance(by: .days(day))
                try saga.reply(to: RemindOfReturn.self, Done())
            }
            try saga.advance(by: .days(9))
            #expect(try saga.expect(ExpireReturn.self).labelID == nil)
            try saga.reply(
                to: ExpireReturn.self, .init(expired: false, newLabel: .init(id: "se-2", ageSeconds: 10 * 86_400)))
            try saga.expectWait(for: ReturnReceived.self)
            try saga.advance(by: .days(19))
            try saga.expectNothing()
            if comesIn {
                try saga.deliver(ReturnReceived(returnID: way.id))
                try way.receiptTold(&saga)
                try saga.expect(AssessReturn.self)
                continue
            }
            try saga.advance(by: .days(1))
            #expect(try saga.expect(ExpireReturn.self).labelID == "se-2")
            try saga.reply(to: ExpireReturn.self, .init(expired: true))
            try saga.expectCompensation(
                "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawReturn")
            try saga.expect(.compensated)
        }
    }

    @Test("a label that has been unused for too long already is asked about again at once, and once only")
    func replacedLongAgo() throws {
        var saga = try way.labelled()
        for day in [7, 14] {
            try saga.advance(by: .days(day))
            try saga.reply(to: RemindOfReturn.self, Done())
        }
        try saga.advance(by: .days(9))
        try saga.reply(
            to: ExpireReturn.self, .init(expired: false, newLabel: .init(id: "se-2", ageSeconds: 31 * 86_400)))
        try saga.advance(by: .seconds(1))
        #expect(try saga.expect(ExpireReturn.self).labelID == "se-2")
        try saga.reply(to: ExpireReturn.self, .init(expired: false))
        try saga.advance(by: .days(21))
        #expect(try saga.expect(ReviewReturn.self).reason.code == Refusal.parcelLost)
    }

    /// Its time is up, the carrier has the parcel, and three weeks later a person is to decide.
    private func lostParcel() throws -> SagaScenario {
        var saga = try way.labelled()
        for day in [7, 14] {
            try saga.advance(by: .days(day))
            try saga.reply(to: RemindOfReturn.self, Done())
        }
        try saga.advance(by: .days(9))
        try saga.reply(to: ExpireReturn.self, .init(expired: false))
        try saga.advance(by: .days(21))
        #expect(try saga.expect(ReviewReturn.self).reason.code == Refusal.parcelLost)
        try saga.reply(to: ReviewReturn.self, Done())
        return saga
    }

    @Test("a parcel on its way does not expire; one that is lost goes to a person, and may still come")
    func lost() throws {
        var saga = try lostParcel()
        try saga.deliver(ReturnReceived(returnID: way.id))
        try way.receiptTold(&saga)
        try saga.expect(AssessReturn.self)
    }

    @Test("who takes too long over a lost parcel is looked for; then its goods still come, or a person decides")
    func lostAndForgotten() throws {
        for comesIn in [true, false] {
            var saga = try lostParcel()
            try saga.advance(by: .days(1))
            #expect(try saga.expect(EscalateReview.self).returnID == way.id)
            #expect(saga.businessStatus == "in_review")
            // What comes while people are told is not lost either.
            if comesIn { try saga.deliver(ReturnReceived(returnID: way.id)) }
            try saga.reply(to: EscalateReview.self, Done())
            if comesIn {
                try way.receiptTold(&saga)
                try saga.expect(AssessReturn.self)
                continue
            }
            try saga.advance(by: .days(3))
            try saga.expectNothing()
            try saga.deliver(ReturnReviewed(returnID: way.id, approved: false, reason: "gone"))
            try saga.expectCompensation(
                "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawReturn")
            try saga.expect(.compensated)
            try way.keep(saga, as: "lost-parcel-escalated")
        }
    }

    @Test("a yes to a lost parcel waits for it anew; nobody is looked for who has decided in time")
    func lostAndAwaited() throws {
        var saga = try lostParcel()
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "the carrier has found it"))
        try saga.expectWait(for: ReturnReceived.self)
        try saga.advance(by: .days(20))
        try saga.expectNothing()
        try saga.advance(by: .days(1))
        #expect(try saga.expect(ReviewReturn.self).reason.code == Refusal.parcelLost)
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.advance(by: .days(1))
        try saga.expect(EscalateReview.self)
    }

    @Test("one that waits for a lost parcel since a build that looked for nobody replays as it began")
    func lostBefore() throws {
        let saga = try lostParcel()
        var history = saga.recorded
        let patch = try #require(history.steps.first { $0.name == "lost-parcel-is-escalated" })
        #expect(patch.kind == "patch" && history.steps.contains { $0.kind == "sleep" })
        history.steps.removeAll { $0.path == patch.path || $0.kind == "sleep" }
        #expect(throws: Never.self) { try history.replay(by: saga.definition) }
    }

    @Test("what warehouse or carrier refuse goes to a person; a yes asks again; goods that came in need neither")
    func refusedOnTheWay() throws {
        for areHere in [false, true] {
            var saga = try way.scenario()
            try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: way.plan()))
            try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
            try saga.refuse(AnnounceReturn.self, "unknown_item")
            #expect(try saga.expect(ReviewReturn.self).reason.code == "unknown_item")
            try saga.reply(to: ReviewReturn.self, Done())
            try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "added"))
            try saga.reply(to: AnnounceReturn.self, .init(number: "RMA-1"))
            try saga.refuse(BuyReturnLabel.self, "insufficient_funds")
            #expect(try saga.expect(ReviewReturn.self).reason.code == "insufficient_funds")
            try saga.reply(to: ReviewReturn.self, Done())
            #expect(saga.businessStatus == "in_review")
            try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "paid", goodsAreHere: areHere))
            try saga.reply(to: BuyReturnLabel.self, .init(labelID: "se-1", trackingNumber: "1Z1"))
            if areHere {
                try saga.expect(AssessReturn.self)
            } else {
                #expect(try saga.expect(NotifyReturnCustomer.self).notice == .returnLabel)
            }
        }
    }

    @Test("a no to what was refused on the way undoes what was done")
    func refusedAndRejected() throws {
        var saga = try way.scenario()
        try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: way.plan()))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
        try saga.reply(to: AnnounceReturn.self, .init(number: "RMA-1"))
        try saga.refuse(BuyReturnLabel.self, "insufficient_funds")
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: false, reason: "no"))
        try saga.expectCompensation("CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawReturn")
        try saga.expect(.compensated)
    }

    @Test("a subscription that cannot be cancelled goes to a person, and with a yes the return goes on without it")
    func subscriptionRefused() throws {
        var saga = try way.scenario()
        try saga.reply(
            to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: way.plan(cancelsSubscription: true)))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
        try saga.reply(to: AnnounceReturn.self, .init(number: "RMA-1"))
        try saga.reply(to: BuyReturnLabel.self, .init(labelID: "se-1", trackingNumber: "1Z1"))
        try saga.reply(to: NotifyReturnCustomer.self, Done())
        try saga.reply(to: PostReturnMessage.self, Done())
        try saga.refuse(CancelReturnSubscription.self, "not_found")
        #expect(try saga.expect(ReviewReturn.self).reason.code == "not_found")
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "cancelled by hand"))
        try saga.reply(to: RecordLabelSent.self, Done())
        #expect(saga.businessStatus == "label_sent")
    }

    @Test("goods that came in while a person decided need no label and are not waited for; older news told nothing")
    func hereInReview() throws {
        for areHere in [true, false, nil] {
            var saga = try way.scenario()
            try saga.reply(
                to: CheckReturn.self, .init(outcome: .inReview, reason: nil, plan: way.plan(cancelsSubscription: true)))
            try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "fine", goodsAreHere: areHere))
            try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
            guard areHere == true else {
                try saga.expect(AnnounceReturn.self)
                continue
            }
            try saga.reply(to: CancelReturnSubscription.self, .init(byUs: true, nextChargeDate: nil))
            try saga.expect(AssessReturn.self)
            #expect(saga.businessStatus == "received")
        }
    }

    @Test("goods that come in while the ERP's refusal is put right need no label either")
    func hereMeanwhile() throws {
        var saga = try way.scenario()
        try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: way.plan()))
        try saga.refuse(AuthorizeReturn.self, "over_returned")
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReceived(returnID: way.id))
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "shipped", goodsAreHere: true))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
        try saga.expect(AssessReturn.self)
    }

    @Test("called off with the goods here and approved after all, it begins again at the goods")
    func hereAfterCancel() throws {
        var saga = try way.labelled()
        try saga.apply(.cancel)
        try saga.expectCompensation(
            "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawReturn")
        try saga.apply(.restart)
        try saga.reply(
            to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: way.plan(), goodsAreHere: true))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "72"))
        try saga.reply(to: AssessReturn.self, .init(verdict: .refund))
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try way.finish(&saga)
    }
}
