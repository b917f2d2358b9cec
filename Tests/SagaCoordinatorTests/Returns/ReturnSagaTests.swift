import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

/// The way of a return that goes well.
@Suite("Return saga")
struct ReturnSagaTests {
    private let way = ReturnWay()

    @Test("what is of grade A and as sold is refunded at once, and written down after the money has moved")
    func straight() throws {
        var saga = try way.inspected()
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try way.finish(&saga)
    }

    @Test("a bonus is added once the store credit has arrived, before anything is told")
    func bonus() throws {
        var saga = try way.inspected()
        try saga.reply(
            to: RequestReturnRefund.self,
            .init(refundID: way.refundID, amount: "80.06", currency: "USD", bonus: "8.01"))
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        #expect(try saga.expect(GrantStoreCreditBonus.self).refundID == way.refundID)
        try saga.reply(to: GrantStoreCreditBonus.self, .init(granted: "8.01"))
        try way.finish(&saga)
        try way.keep(saga, as: "bonus-granted")
    }

    @Test("nothing is written down or told while the money is on its way")
    func pending() throws {
        var saga = try way.inspected()
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .pending))
        try saga.expectNothing()
        try saga.advance(by: .days(1))
        try saga.reply(to: CheckRefund.self, .init(status: .pending))
        try saga.expectNothing()
        try saga.deliver(ReturnRefundSettled(returnID: way.id, refundID: way.refundID, status: .succeeded))
        try way.finish(&saga)
    }

    @Test("what the customer keeps is refunded without a parcel")
    func kept() throws {
        var saga = try way.scenario()
        try saga.reply(
            to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: way.plan(comesBack: false)))
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try way.finish(&saga, hasGoods: false)
    }

    @Test("what is left of a return that is approved in part decides what follows")
    func part() throws {
        var saga = try way.scenario()
        try saga.reply(to: CheckReturn.self, .init(outcome: .inReview, reason: nil, plan: way.plan()))
        let left = way.plan(comesBack: false)
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "the cap is worn", plan: left))
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try way.finish(&saga, hasGoods: false)
        try way.keep(saga, as: "approved-in-part")
    }

    @Test("a grade that comes during the wait counts: grade and match are read again at its end")
    func gradeDuringTheWait() throws {
        var saga = try way.received()
        try saga.reply(to: AssessReturn.self, .init(verdict: .wait))
        try saga.deliver(ReturnInspected(returnID: way.id, isComplete: false))
        try saga.expectNothing()
        try saga.deliver(ReturnInspected(returnID: way.id, isComplete: true))
        #expect(try saga.expect(AssessReturn.self).isFinal)
        try saga.reply(to: AssessReturn.self, .init(verdict: .refund))
        try saga.expect(RequestReturnRefund.self)
    }

    @Test("where nothing is known at the end of the wait, a person decides; it never ends silently")
    func neverSilent() throws {
        var saga = try way.received()
        try saga.reply(to: AssessReturn.self, .init(verdict: .wait))
        try saga.advance(by: .days(3))
        #expect(try saga.expect(AssessReturn.self).isFinal)
        try saga.reply(
            to: AssessReturn.self, .init(verdict: .review, reason: Refusal(code: "not_inspected", message: "?")))
        #expect(saga.businessStatus == "in_review")
        try saga.advance(by: .days(1))
        try saga.expect(EscalateReview.self)
        try saga.reply(to: EscalateReview.self, Done())
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "looked at it"))
        try saga.expect(RequestReturnRefund.self)
    }
}
