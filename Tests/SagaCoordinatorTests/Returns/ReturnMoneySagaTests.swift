import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

@Suite("Return saga: money that fails, or is none")
struct ReturnMoneySagaTests {
    private let way = ReturnWay()

    @Test("a refund that fails goes to a person, who may try again")
    func failedRefund() throws {
        var saga = try way.inspected()
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .failed))
        #expect(saga.businessStatus == "in_review")
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "card replaced"))
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try way.finish(&saga)
        try way.keep(saga, as: "failed-refund-restocked")
    }

    @Test("a refund that fails days after it had succeeded goes to a person, is paid, restocked and told again")
    func lateFailure() throws {
        var saga = try way.inspected()
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try way.refundTold(&saga)
        // The shop was away, and the money had failed when it was back.
        try saga.refuse(RestockReturn.self, "refund_not_succeeded")
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: nil))
        try saga.reply(to: RecordReturnCredit.self, .init(creditID: nil))
        try saga.reply(to: RecordRefundInBooks.self, .init(documentID: nil))
        try saga.deliver(ReturnRefundSettled(returnID: way.id, refundID: way.refundID, status: .succeeded))
        try saga.expectNothing()
        try saga.advance(by: .days(5))
        for status in [RefundStatus.succeeded, .failed] {
            // The first is the news of a failure from before the money arrived after all.
            try saga.deliver(ReturnRefundSettled(returnID: way.id, refundID: way.refundID, status: .failed))
            try saga.reply(to: CheckRefund.self, .init(status: status))
        }
        #expect(saga.businessStatus == "in_review")
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "new card"))
        let second = RefundID()
        try saga.reply(to: RequestReturnRefund.self, .init(refundID: second, amount: "80.06", currency: "USD"))
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        #expect(try saga.expect(RestockReturn.self).returnID == way.id)
        try saga.reply(to: RestockReturn.self, .init(restocked: 1))
        try way.refundTold(&saga)
        try saga.advance(by: .days(14))
        try saga.reply(to: CloseReturn.self, Done())
        #expect(try saga.output(ReturnOutcome.self).refundID == second)
        try way.keep(saga, as: "restocked-again")
    }

    @Test("a refund is told at once: neither helpdesk nor books that are away hold it up, nor does one the other")
    func toldFirst() throws {
        for isAway in [false, true] {
            var saga = try way.inspected()
            try way.requested(&saga)
            try saga.reply(to: SendRefund.self, .init(status: .succeeded))
            if isAway {
                try saga.timeOut(PostReturnMessage.self)
                try saga.timeOut(NotifyReturnCustomer.self)
            } else {
                try way.refundTold(&saga)
            }
            try saga.reply(to: RestockReturn.self, .init(restocked: nil))
            try saga.refuse(RecordReturnReceipt.self, "closed_period")
            #expect(saga.sent.filter { $0.name == NotifyReturnCustomer.name }.count == 3)
        }
    }

    @Test(
        "a refund that has failed before it is told is told by no mail either, and a person decides before any book has it",
        arguments: [true, false])
    func failedBeforeTold(isApproved: Bool) throws {
        var saga = try way.inspected()
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try saga.refuse(PostReturnMessage.self, "refund_not_succeeded")
        try saga.reply(to: CheckRefund.self, .init(status: .failed))
        try saga.expectNothing()
        try saga.deliver(
            ReturnReviewed(returnID: way.id, approved: isApproved, reason: "looked at", goodsAreHere: true))
        guard isApproved else {
            try saga.reply(to: CloseReturn.self, Done())
            try saga.reply(to: CancelReturnAuthorization.self, Done())
            try saga.expect(.completed)
            #expect(saga.businessStatus == "rejected")
            return
        }
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try way.refundTold(&saga)
        try saga.expect(RestockReturn.self)
    }

    @Test("where nothing is given back, the customer is told, the goods are entered and the authorization closed")
    func unrefunded() throws {
        var saga = try way.inspected()
        try saga.reply(to: RequestReturnRefund.self, .init(refundID: nil, amount: "0.00", currency: "USD"))
        #expect(saga.undoList.isEmpty)
        try saga.reply(to: CloseReturn.self, Done())
        #expect(try saga.expect(PostReturnMessage.self).message == .unrefunded)
        try saga.reply(to: PostReturnMessage.self, Done())
        #expect(try saga.expect(NotifyReturnCustomer.self).notice == .returnUnrefunded)
        try saga.reply(to: NotifyReturnCustomer.self, Done())
        try saga.reply(to: RestockReturn.self, .init(restocked: nil))
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: "1"))
        #expect(try saga.expect(CancelReturnAuthorization.self).authorizationID == "71")
        try saga.reply(to: CancelReturnAuthorization.self, Done())
        try saga.expect(.completed)
        #expect(try saga.businessStatus == "closed" && saga.output(ReturnOutcome.self).refundID == nil)
    }

    @Test("a shop that does not take the goods into its stock, or is away, holds up no books")
    func notRestocked() throws {
        for isAway in [true, false] {
            var saga = try way.inspected()
            try way.requested(&saga)
            try saga.reply(to: SendRefund.self, .init(status: .succeeded))
            try way.refundTold(&saga)
            #expect(try saga.expect(RestockReturn.self).returnID == way.id)
            if isAway {
                try saga.advance(by: .minutes(10))
            } else {
                try saga.refuse(RestockReturn.self, "refund_not_succeeded")
            }
            try saga.expect(RecordReturnReceipt.self)
        }
    }

    @Test("money that a person gives up on ends the return as rejected, and closes its authorization")
    func givenUp() throws {
        var saga = try way.inspected()
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .failed))
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: false, reason: "paid in cash", goodsAreHere: true))
        try saga.reply(to: CloseReturn.self, Done())
        try saga.reply(to: CancelReturnAuthorization.self, Done())
        try saga.expect(.completed)
        #expect(saga.businessStatus == "rejected")
    }
}
