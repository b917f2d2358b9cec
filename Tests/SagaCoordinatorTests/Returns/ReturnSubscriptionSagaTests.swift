import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

@Suite("Return saga: a charge of the subscription that is put off")
struct ReturnSubscriptionSagaTests {
    private let way = ReturnWay()
    private let date = "2026-04-01"

    /// Up to the question when the subscription is charged next.
    private func labelled(_ delay: ReturnPlan.ChargeDelay) throws -> SagaScenario {
        var saga = try way.scenario()
        var plan = way.plan()
        plan.chargeDelay = delay
        try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: plan))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
        try saga.reply(to: AnnounceReturn.self, .init(number: "RMA-1"))
        try saga.reply(to: BuyReturnLabel.self, .init(labelID: "se-1", trackingNumber: "1Z1"))
        try saga.reply(to: NotifyReturnCustomer.self, Done())
        try saga.reply(to: PostReturnMessage.self, Done())
        return saga
    }

    @Test("the charge that is read is skipped, and taken after all where the return is called off")
    func skip() throws {
        var saga = try labelled(.skip)
        try saga.reply(to: ReadReturnSubscription.self, .init(nextChargeDate: date))
        #expect(try saga.expect(SkipReturnCharge.self).chargeDate == date)
        try saga.reply(to: SkipReturnCharge.self, .init(byUs: true))
        try saga.reply(to: RecordLabelSent.self, Done())
        try saga.apply(.cancel)
        try saga.expectCompensation(
            "UnskipReturnCharge", "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization",
            "WithdrawReturn")
        try saga.expect(.cancelled)
        try way.keep(saga, as: "charge-skipped-undone")
    }

    @Test("a pause is taken back where the return is called off")
    func pause() throws {
        var saga = try labelled(.pause(days: 90))
        try saga.reply(to: ReadReturnSubscription.self, .init(nextChargeDate: date))
        let command = try saga.expect(PauseReturnSubscription.self)
        #expect(command.chargeDate == date && command.days == 90)
        try saga.reply(to: PauseReturnSubscription.self, .init(pausedUntil: "2026-06-30"))
        try saga.reply(to: RecordLabelSent.self, Done())
        try saga.apply(.cancel)
        try saga.expectCompensation(
            "ResumeReturnSubscription", "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization",
            "WithdrawReturn")
        try saga.expect(.cancelled)
        try way.keep(saga, as: "subscription-paused-undone")
    }

    @Test("what others have skipped is not taken back")
    func skippedBefore() throws {
        var saga = try labelled(.skip)
        try saga.reply(to: ReadReturnSubscription.self, .init(nextChargeDate: date))
        try saga.reply(to: SkipReturnCharge.self, .init(byUs: false))
        try saga.reply(to: RecordLabelSent.self, Done())
        try saga.apply(.cancel)
        try saga.expectCompensation(
            "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawReturn")
        try saga.expect(.cancelled)
    }

    @Test("of a subscription that has ended nothing is put off")
    func ended() throws {
        var saga = try labelled(.skip)
        try saga.reply(to: ReadReturnSubscription.self, .init(nextChargeDate: nil))
        try saga.reply(to: RecordLabelSent.self, Done())
        #expect(saga.businessStatus == "label_sent")
    }

    @Test("what cannot be put off goes to a person, and with a yes the return goes on without it")
    func refused() throws {
        var saga = try labelled(.skip)
        try saga.refuse(ReadReturnSubscription.self, "unsupported_action")
        #expect(try saga.expect(ReviewReturn.self).reason.code == "unsupported_action")
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "done by hand"))
        try saga.reply(to: RecordLabelSent.self, Done())
        #expect(saga.businessStatus == "label_sent")
    }

    /// Of goods that the customer keeps, with what is asked of their subscription.
    private func kept(_ change: (inout ReturnPlan) -> Void) throws -> SagaScenario {
        var saga = try way.scenario()
        var plan = way.plan(comesBack: false)
        change(&plan)
        try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: plan))
        return saga
    }

    @Test("the subscription of goods that the customer keeps is cancelled before the money moves")
    func keptGoods() throws {
        var saga = try kept { $0.cancelsSubscription = true }
        try saga.reply(to: CancelReturnSubscription.self, .init(byUs: true, nextChargeDate: date))
        #expect(saga.undoList == ["RestoreReturnSubscription", "WithdrawReturn"])
        try way.requested(&saga)
        #expect(saga.undoList.isEmpty)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try way.finish(&saga, hasGoods: false)
        try way.keep(saga, as: "kept-goods-subscription-cancelled")
    }

    @Test("a charge for goods that the customer keeps is skipped, and taken after all where no money goes back")
    func keptGoodsSkipped() throws {
        var saga = try kept { $0.chargeDelay = .skip }
        try saga.reply(to: ReadReturnSubscription.self, .init(nextChargeDate: date))
        try saga.reply(to: SkipReturnCharge.self, .init(byUs: true))
        try saga.refuse(RequestReturnRefund.self, "refunded_in_shop")
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: false, reason: "refunded in the shop"))
        try saga.expectCompensation("UnskipReturnCharge", "WithdrawReturn")
        try saga.expect(.compensated)
    }

    @Test("a subscription of kept goods that cannot be cancelled goes to a person, and with a yes the money goes back")
    func keptGoodsRefused() throws {
        var saga = try kept { $0.cancelsSubscription = true }
        try saga.refuse(CancelReturnSubscription.self, "not_found")
        #expect(try saga.expect(ReviewReturn.self).reason.code == "not_found")
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "cancelled by hand"))
        #expect(saga.businessStatus == "approved")
        try saga.expect(RequestReturnRefund.self)
    }

    @Test("a refund of kept goods that was under way before their subscription was looked at replays as it began")
    func keptGoodsBefore() throws {
        var saga = try kept { $0.cancelsSubscription = true }
        try saga.reply(to: CancelReturnSubscription.self, .init(byUs: true, nextChargeDate: date))
        var history = saga.recorded
        let asked = try #require(history.steps.firstIndex { $0.name == RequestReturnRefund.name })
        let cancelled = try #require(history.steps.first { $0.name == CancelReturnSubscription.name })
        history.steps[asked].path = cancelled.path
        history.steps.removeAll { $0.kind == "patch" || $0.name == CancelReturnSubscription.name }
        #expect(throws: Never.self) { try history.replay(by: saga.definition) }
    }
}
