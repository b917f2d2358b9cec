import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

/// The way of a return, without servers.
@Suite("Return saga")
struct ReturnSagaTests {
    private let id = ReturnID()
    private let orderID = OrderID()
    private let refundID = RefundID()

    private func scenario() throws -> SagaScenario {
        try SagaScenario(ReturnSaga.self, input: ReturnReference(returnID: id, orderID: orderID))
    }

    private func plan(comesBack: Bool = true, cancelsSubscription: Bool = false) -> ReturnPlan {
        ReturnPlan(
            orderID: orderID, resolution: .originalPayment, comesBack: comesBack, hasLabel: true,
            cancelsSubscription: cancelsSubscription, reviewSeconds: 86_400,
            reminderSeconds: [7 * 86_400, 21 * 86_400], expirySeconds: 30 * 86_400, receiptWaitSeconds: 3 * 86_400)
    }

    private func labelled(cancelsSubscription: Bool = false) throws -> SagaScenario {
        var saga = try scenario()
        try saga.reply(
            to: CheckReturn.self,
            .init(outcome: .approved, reason: nil, plan: plan(cancelsSubscription: cancelsSubscription)))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
        try saga.reply(to: AnnounceReturn.self, .init(number: "RMA-1"))
        try saga.reply(to: BuyReturnLabel.self, .init(labelID: "se-1", trackingNumber: "1Z1"))
        #expect(try saga.expect(NotifyReturnCustomer.self).notice == .returnLabel)
        try saga.reply(to: NotifyReturnCustomer.self, Done())
        try saga.reply(to: PostReturnMessage.self, Done())
        if cancelsSubscription {
            try saga.reply(to: CancelReturnSubscription.self, .init(byUs: true, nextChargeDate: "2026-04-01"))
        }
        try saga.reply(to: RecordLabelSent.self, Done())
        try saga.expectWait(for: ReturnReceived.self)
        return saga
    }

    private func received() throws -> SagaScenario {
        var saga = try labelled()
        try saga.deliver(ReturnReceived(returnID: id))
        return saga
    }

    private func inspected() throws -> SagaScenario {
        var saga = try received()
        try saga.reply(to: AssessReturn.self, .init(verdict: .refund))
        return saga
    }

    private func requested(_ saga: inout SagaScenario) throws {
        try saga.reply(
            to: RequestReturnRefund.self, .init(refundID: refundID, amount: "80.06", currency: "USD"))
    }

    private func finish(_ saga: inout SagaScenario, as status: ReturnStatus = .refunded) throws {
        #expect(saga.businessStatus == status.rawValue)
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: "1"))
        try saga.reply(to: RecordReturnCredit.self, .init(creditID: "2"))
        try saga.reply(to: RecordRefundInBooks.self, .init(documentID: nil))
        #expect(try saga.expect(PostReturnMessage.self).message == .refunded)
        try saga.reply(to: PostReturnMessage.self, Done())
        #expect(try saga.expect(NotifyReturnCustomer.self).notice == .returnRefunded)
        try saga.reply(to: NotifyReturnCustomer.self, Done())
        try saga.advance(by: .days(14))
        try saga.reply(to: CloseReturn.self, Done())
        try saga.expect(.completed)
        #expect(try saga.output(ReturnOutcome.self).refundID == refundID)
    }

    // MARK: Straight on

    @Test("what is of grade A and as sold is refunded at once, and written down after the money has moved")
    func straight() throws {
        var saga = try inspected()
        try requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try finish(&saga)
    }

    @Test("nothing is written down or told while the money is on its way")
    func pending() throws {
        var saga = try inspected()
        try requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .pending))
        try saga.expectNothing()
        try saga.advance(by: .days(1))
        try saga.reply(to: CheckRefund.self, .init(status: .pending))
        try saga.expectNothing()
        try saga.deliver(ReturnRefundSettled(returnID: id, refundID: refundID, status: .succeeded))
        try finish(&saga)
    }

    @Test("what the customer keeps is refunded without a parcel")
    func kept() throws {
        var saga = try scenario()
        try saga.reply(
            to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: plan(comesBack: false)))
        try requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try finish(&saga)
    }

    // MARK: The wait for grade and match

    @Test("a grade that comes during the wait counts: grade and match are read again at its end")
    func gradeDuringTheWait() throws {
        var saga = try received()
        try saga.reply(to: AssessReturn.self, .init(verdict: .wait))
        try saga.deliver(ReturnInspected(returnID: id, isComplete: false))
        try saga.expectNothing()
        try saga.deliver(ReturnInspected(returnID: id, isComplete: true))
        #expect(try saga.expect(AssessReturn.self).isFinal)
        try saga.reply(to: AssessReturn.self, .init(verdict: .refund))
        try saga.expect(RequestReturnRefund.self)
    }

    @Test("where nothing is known at the end of the wait, a person decides; it never ends silently")
    func neverSilent() throws {
        var saga = try received()
        try saga.reply(to: AssessReturn.self, .init(verdict: .wait))
        try saga.advance(by: .days(3))
        #expect(try saga.expect(AssessReturn.self).isFinal)
        try saga.reply(
            to: AssessReturn.self, .init(verdict: .review, reason: Refusal(code: "not_inspected", message: "?")))
        #expect(saga.businessStatus == "in_review")
        try saga.advance(by: .days(1))
        try saga.expect(EscalateReview.self)
        try saga.reply(to: EscalateReview.self, Done())
        try saga.deliver(ReturnReviewed(returnID: id, approved: true, reason: "looked at it"))
        try saga.expect(RequestReturnRefund.self)
    }

    // MARK: Undo

    @Test("cancelled before receipt, everything is undone in reverse and the customer told last")
    func undo() throws {
        var saga = try labelled(cancelsSubscription: true)
        try saga.apply(.cancel)
        try saga.expectCompensation(
            "RestoreReturnSubscription", "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization",
            "WithdrawReturn")
        try saga.expect(.cancelled)
    }

    @Test("nothing can be undone once the money has moved")
    func pivot() throws {
        var saga = try inspected()
        try requested(&saga)
        #expect(saga.undoList.isEmpty)
        #expect(throws: (any Error).self) { try saga.apply(.cancel) }
    }

    @Test("a refund that fails goes to a person, who may try again")
    func failedRefund() throws {
        var saga = try inspected()
        try requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .failed))
        #expect(saga.businessStatus == "in_review")
        try saga.deliver(ReturnReviewed(returnID: id, approved: true, reason: "card replaced"))
        try requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try finish(&saga)
    }

    @Test("a refund that fails days after it had succeeded goes to a person, and is paid again")
    func lateFailure() throws {
        var saga = try inspected()
        try requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: nil))
        try saga.reply(to: RecordReturnCredit.self, .init(creditID: nil))
        try saga.reply(to: RecordRefundInBooks.self, .init(documentID: nil))
        try saga.reply(to: PostReturnMessage.self, Done())
        try saga.reply(to: NotifyReturnCustomer.self, Done())
        try saga.deliver(ReturnRefundSettled(returnID: id, refundID: refundID, status: .succeeded))
        try saga.expectNothing()
        try saga.advance(by: .days(5))
        for status in [RefundStatus.succeeded, .failed] {
            // The first is the news of a failure from before the money arrived after all.
            try saga.deliver(ReturnRefundSettled(returnID: id, refundID: refundID, status: .failed))
            try saga.reply(to: CheckRefund.self, .init(status: status))
        }
        #expect(saga.businessStatus == "in_review")
        try saga.deliver(ReturnReviewed(returnID: id, approved: true, reason: "new card"))
        let second = RefundID()
        try saga.reply(to: RequestReturnRefund.self, .init(refundID: second, amount: "80.06", currency: "USD"))
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try saga.advance(by: .days(14))
        try saga.reply(to: CloseReturn.self, Done())
        #expect(try saga.output(ReturnOutcome.self).refundID == second)
    }

    // MARK: Exchange

    private func exchanging(_ opened: OpenExchange.Reply) throws -> SagaScenario {
        var saga = try scenario()
        var plan = plan(comesBack: false)
        plan.resolution = .exchange
        try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: plan))
        try saga.reply(to: OpenExchange.self, opened)
        return saga
    }

    @Test("new goods that cost less go at once, after the difference is paid back")
    func cheaperExchange() throws {
        var saga = try exchanging(.init(draftID: "9", due: "0.00", isPaid: true))
        try requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try saga.reply(to: CompleteExchange.self, .init(orderID: "55"))
        #expect(try saga.expect(PostReturnMessage.self).message == .exchanged)
        try saga.reply(to: PostReturnMessage.self, Done())
        try finish(&saga, as: .exchanged)
    }

    @Test("new goods that cost more are held until they are paid, and given up after a fortnight")
    func dearerExchange() throws {
        var saga = try exchanging(.init(draftID: "9", due: "20.00", isPaid: false))
        try saga.expectNothing()
        for _ in 1...14 {
            try saga.advance(by: .days(1))
            try saga.reply(to: CompleteExchange.self, .init(orderID: nil))
        }
        try saga.reply(to: CancelExchange.self, .init(orderID: nil))
        #expect(try saga.expect(ReviewReturn.self).reason.code == "exchange_unpaid")
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReviewed(returnID: id, approved: true, reason: "refund it"))
        try saga.expect(RequestReturnRefund.self)
    }

    @Test("new goods that are paid for after the last look, as they are given up, go on as paid")
    func paidAtTheLast() throws {
        var saga = try exchanging(.init(draftID: "9", due: "20.00", isPaid: false))
        for _ in 1...14 {
            try saga.advance(by: .days(1))
            try saga.reply(to: CompleteExchange.self, .init(orderID: nil))
        }
        try saga.reply(to: CancelExchange.self, .init(orderID: "55"))
        try saga.reply(to: CompleteExchange.self, .init(orderID: "55"))
        #expect(saga.undoList.isEmpty && saga.businessStatus == "exchanged")
        #expect(try saga.expect(PostReturnMessage.self).message == .exchanged)
        try saga.reply(to: PostReturnMessage.self, Done())
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: "1"))
        try saga.reply(to: RecordReturnCredit.self, .init(creditID: "2"))
        try saga.reply(to: CloseReturn.self, Done())
        try saga.expect(.completed)
    }

    // MARK: Review, reminders, expiry

    @Test("a person's no before the label undoes the decision alone")
    func rejected() throws {
        var saga = try scenario()
        try saga.reply(to: CheckReturn.self, .init(outcome: .inReview, reason: nil, plan: plan()))
        try saga.deliver(ReturnReviewed(returnID: id, approved: false, reason: "worn"))
        try saga.expectCompensation("WithdrawReturn")
        try saga.expect(.compensated)
        #expect(saga.error == Refusal(code: "rejected", message: "worn"))
    }

    @Test("what the ERP refuses to authorize goes to a person with the reason; a yes asks again, a no undoes all")
    func notAuthorized() throws {
        for isApproved in [true, false] {
            var saga = try scenario()
            try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: plan()))
            try saga.refuse(AuthorizeReturn.self, "over_returned")
            #expect(try saga.expect(ReviewReturn.self).reason.code == "over_returned")
            try saga.reply(to: ReviewReturn.self, Done())
            #expect(saga.businessStatus == "in_review")
            try saga.deliver(ReturnReviewed(returnID: id, approved: isApproved, reason: "shipped by hand"))
            guard isApproved else {
                try saga.expectCompensation("WithdrawReturn")
                return try saga.expect(.compensated)
            }
            try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
            #expect(saga.businessStatus == "approved")
            try saga.expect(AnnounceReturn.self)
        }
    }

    @Test("the customer is reminded after 7 and 21 days, and the return expires after 30")
    func expiry() throws {
        var saga = try labelled()
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

    @Test("a parcel on its way does not expire; one that is lost goes to a person, and may still come")
    func lost() throws {
        var saga = try labelled()
        for day in [7, 14] {
            try saga.advance(by: .days(day))
            try saga.reply(to: RemindOfReturn.self, Done())
        }
        try saga.advance(by: .days(9))
        try saga.reply(to: ExpireReturn.self, .init(expired: false))
        try saga.advance(by: .days(21))
        #expect(try saga.expect(ReviewReturn.self).reason.code == Refusal.parcelLost)
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReceived(returnID: id))
        try saga.expect(AssessReturn.self)
    }

    // MARK: Goods that are here already

    @Test("goods that came in while a person decided need no label and are not waited for; older news told nothing")
    func hereInReview() throws {
        for areHere in [true, false, nil] {
            var saga = try scenario()
            try saga.reply(
                to: CheckReturn.self, .init(outcome: .inReview, reason: nil, plan: plan(cancelsSubscription: true)))
            try saga.deliver(ReturnReviewed(returnID: id, approved: true, reason: "fine", goodsAreHere: areHere))
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
        var saga = try scenario()
        try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: plan()))
        try saga.refuse(AuthorizeReturn.self, "over_returned")
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReceived(returnID: id))
        try saga.deliver(ReturnReviewed(returnID: id, approved: true, reason: "shipped", goodsAreHere: true))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
        try saga.expect(AssessReturn.self)
    }

    @Test("called off with the goods here and approved after all, it begins again at the goods")
    func hereAfterCancel() throws {
        var saga = try labelled()
        try saga.apply(.cancel)
        try saga.expectCompensation(
            "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawReturn")
        try saga.apply(.restart)
        try saga.reply(
            to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: plan(), goodsAreHere: true))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "72"))
        try saga.reply(to: AssessReturn.self, .init(verdict: .refund))
        try requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try finish(&saga)
    }

    // MARK: No money

    @Test("where nothing is given back, the goods are entered, the authorization closed and the customer told")
    func unrefunded() throws {
        var saga = try inspected()
        try saga.reply(to: RequestReturnRefund.self, .init(refundID: nil, amount: "0.00", currency: "USD"))
        #expect(saga.undoList.isEmpty)
        try saga.reply(to: CloseReturn.self, Done())
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: "1"))
        #expect(try saga.expect(CancelReturnAuthorization.self).authorizationID == "71")
        try saga.reply(to: CancelReturnAuthorization.self, Done())
        #expect(try saga.expect(PostReturnMessage.self).message == .unrefunded)
        try saga.reply(to: PostReturnMessage.self, Done())
        #expect(try saga.expect(NotifyReturnCustomer.self).notice == .returnUnrefunded)
        try saga.reply(to: NotifyReturnCustomer.self, Done())
        try saga.expect(.completed)
        #expect(try saga.businessStatus == "closed" && saga.output(ReturnOutcome.self).refundID == nil)
    }

    @Test("money that a person gives up on ends the return as rejected, and closes its authorization")
    func givenUp() throws {
        var saga = try inspected()
        try requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .failed))
        try saga.deliver(ReturnReviewed(returnID: id, approved: false, reason: "paid in cash", goodsAreHere: true))
        try saga.reply(to: CloseReturn.self, Done())
        try saga.reply(to: CancelReturnAuthorization.self, Done())
        try saga.expect(.completed)
        #expect(saga.businessStatus == "rejected")
    }
}

// What the catalog's tests answer with: a return that goes all the way.

extension AssessReturn.Reply: Sampled {
    public static var sample: AssessReturn.Reply { .init(verdict: .refund) }
}

extension RequestReturnRefund.Reply: Sampled {
    public static var sample: RequestReturnRefund.Reply {
        .init(refundID: RefundID("rfd_0192f0c1a2b37c4d8e9fa0b1c2d3e4f5"), amount: "1.00", currency: "USD")
    }
}

extension SendRefund.Reply: Sampled {
    public static var sample: SendRefund.Reply { .init(status: .succeeded) }
}
