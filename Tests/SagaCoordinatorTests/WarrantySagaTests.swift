import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

/// The way of a claim, without servers.
@Suite("Warranty saga")
struct WarrantySagaTests {
    let id = WarrantyID()
    private let returnID = ReturnID()
    private let refundID = RefundID()

    private func scenario() throws -> SagaScenario {
        try SagaScenario(WarrantySaga.self, input: WarrantyReference(warrantyID: id))
    }

    private func outline(elsewhere: Bool = false, hasTicket: Bool? = nil) -> WarrantyOutline {
        WarrantyOutline(
            returnID: elsewhere ? nil : returnID, comesBack: !elsewhere, hasLabel: true, reviewSeconds: 86_400,
            reminderSeconds: [7 * 86_400, 21 * 86_400], expirySeconds: 30 * 86_400,
            hasTicket: hasTicket)
    }

    func labelled(hasTicket: Bool? = nil) throws -> SagaScenario {
        var saga = try scenario()
        let outline = outline(hasTicket: hasTicket)
        try saga.reply(to: CheckWarranty.self, .init(outcome: .approved, reason: nil, outline: outline))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
        try saga.reply(to: AnnounceReturn.self, .init(number: "RMA-1"))
        try saga.reply(to: BuyReturnLabel.self, .init(labelID: "se-1", trackingNumber: "1Z1"))
        #expect(try saga.expect(NotifyClaimant.self).notice == .warrantyApproved)
        try saga.reply(to: NotifyClaimant.self, Done())
        try saga.reply(to: PostReturnMessage.self, Done())
        try saga.reply(to: RecordLabelSent.self, Done())
        try saga.expectWait(for: WarrantyReceived.self)
        return saga
    }

    private func received(hasTicket: Bool? = nil) throws -> SagaScenario {
        var saga = try labelled(hasTicket: hasTicket)
        try saga.deliver(WarrantyReceived(warrantyID: id))
        try saga.expectWait(for: WarrantyInspected.self)
        return saga
    }

    private func choosing(_ remedy: WarrantyRemedy, hasTicket: Bool? = nil) throws -> SagaScenario {
        var saga = try received(hasTicket: hasTicket)
        try saga.deliver(WarrantyInspected(warrantyID: id, finding: .defect))
        #expect(saga.businessStatus == "inspected")
        try saga.reply(to: ChooseRemedy.self, .init(remedy: remedy))
        return saga
    }

    private func told(_ saga: inout SagaScenario, _ message: PostReturnMessage.Message, _ notice: MailName) throws {
        #expect(try saga.expect(PostReturnMessage.self).message == message)
        try saga.reply(to: PostReturnMessage.self, Done())
        #expect(try saga.expect(NotifyClaimant.self).notice == notice)
        try saga.reply(to: NotifyClaimant.self, Done())
    }

    /// Nobody waits in the ERP for goods that are sent back.
    private func closed(_ saga: inout SagaScenario) throws {
        #expect(try saga.expect(CancelReturnAuthorization.self).authorizationID == "71")
        try saga.reply(to: CancelReturnAuthorization.self, Done())
    }

    private func rests(_ saga: inout SagaScenario, helpedBy remedy: WarrantyRemedy?) throws {
        try saga.reply(to: CloseWarranty.self, Done())
        try saga.expect(.completed)
        #expect(try saga.output(WarrantyOutcome.self).remedy == remedy)
    }

    private func repaid(_ saga: inout SagaScenario) throws {
        try saga.reply(to: RequestReturnRefund.self, .init(refundID: refundID, amount: "54.00", currency: "USD"))
        #expect(saga.undoList.isEmpty && saga.businessStatus == "refund_pending")
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
    }

    private func refunded(_ saga: inout SagaScenario) throws {
        try repaid(&saga)
        try saga.reply(to: RestockReturn.self, .init(restocked: nil))
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: "1"))
        try saga.reply(to: RecordReturnCredit.self, .init(creditID: "2"))
        try saga.reply(to: RecordRefundInBooks.self, .init(documentID: nil))
        try told(&saga, .refunded, .returnRefunded)
    }

    // MARK: What helps

    @Test("new goods are set aside, and there is no way back once they are ordered")
    func replacement() throws {
        var saga = try choosing(.replacement)
        try saga.reply(to: OpenReplacement.self, .init(draftID: "9"))
        #expect(saga.undoList.isEmpty)
        #expect(throws: (any Error).self) { try saga.apply(.cancel) }
        try saga.reply(to: CompleteReplacement.self, .init(orderID: "55"))
        #expect(saga.businessStatus == "replaced")
        try saga.reply(to: RestockReturn.self, .init(restocked: nil))
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: "1"))
        try told(&saga, .replaced, .warrantyReplaced)
        try rests(&saga, helpedBy: .replacement)
        #expect(try saga.output(WarrantyOutcome.self).orderID == "55")
    }

    @Test("mended goods were never taken back: the authorization is cancelled, nothing is received in the books")
    func repair() throws {
        var saga = try choosing(.repair)
        #expect(saga.businessStatus == "in_repair")
        try saga.expectNothing()
        try saga.deliver(RepairEnded(warrantyID: id, isRepaired: true))
        #expect(saga.undoList.isEmpty && saga.businessStatus == "repaired")
        try saga.reply(to: CancelReturnAuthorization.self, Done())
        try told(&saga, .repaired, .warrantyRepaired)
        try rests(&saga, helpedBy: .repair)
    }

    @Test("a claim's ticket is closed once its customer has been told there what helps")
    func ticket() throws {
        var saga = try choosing(.repair, hasTicket: true)
        try saga.deliver(RepairEnded(warrantyID: id, isRepaired: true))
        try saga.reply(to: CancelReturnAuthorization.self, Done())
        #expect(try saga.expect(PostReturnMessage.self).message == .repaired)
        try saga.reply(to: PostReturnMessage.self, Done())
        try saga.reply(to: NotifyClaimant.self, Done())
        #expect(try saga.expect(CloseReturnTicket.self).returnID == returnID)
        try saga.reply(to: CloseReturnTicket.self, Done())
        try rests(&saga, helpedBy: .repair)
    }

    @Test("what cannot be mended falls to the next remedy, and so does what the shop refuses")
    func fallThrough() throws {
        var saga = try choosing(.repair)
        try saga.deliver(RepairEnded(warrantyID: id, isRepaired: false))
        let second = try saga.expect(ChooseRemedy.self)
        #expect(second.tried == [.repair] && second.reason?.code == "unrepairable")
        try saga.reply(to: ChooseRemedy.self, .init(remedy: .replacement))
        try saga.refuse(OpenReplacement.self, "unknown_sku")
        let third = try saga.expect(ChooseRemedy.self)
        #expect(third.tried == [.repair, .replacement] && third.reason?.code == "unknown_sku")
        try saga.reply(to: ChooseRemedy.self, .init(remedy: .refund))
        try refunded(&saga)
        try saga.advance(by: .days(14))
        try rests(&saga, helpedBy: .refund)
    }

    @Test("where nothing is left a person decides: a yes begins anew, a no undoes everything")
    func nothingLeft() throws {
        var saga = try choosing(.replacement)
        try saga.refuse(OpenReplacement.self, "unknown_sku")
        try saga.reply(to: ChooseRemedy.self, .init(remedy: nil))
        #expect(saga.businessStatus == "in_review")
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: true, reason: "back in stock"))
        #expect(try saga.expect(ChooseRemedy.self).tried.isEmpty)
        try saga.reply(to: ChooseRemedy.self, .init(remedy: nil))
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: false, reason: "sent back"))
        try saga.expectCompensation(
            "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawWarranty")
        try saga.expect(.compensated)
    }

    @Test("new goods that the shop will not order after all are given up, and the next remedy helps; no way leads back")
    func completionRefused() throws {
        var saga = try choosing(.replacement)
        try saga.reply(to: OpenReplacement.self, .init(draftID: "9"))
        try saga.refuse(CompleteReplacement.self, "out_of_stock")
        #expect(try saga.expect(CancelReplacement.self).draftID == "9")
        try saga.reply(to: CancelReplacement.self, Done())
        let next = try saga.expect(ChooseRemedy.self)
        #expect(next.tried == [.replacement] && next.reason?.code == "out_of_stock")
        try saga.reply(to: ChooseRemedy.self, .init(remedy: nil))
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: false, reason: "sent back"))
        try closed(&saga)
        try rests(&saga, helpedBy: nil)
    }

    // MARK: Money

    @Test("a refund that fails goes to a person, who may have it tried again or give up")
    func failedRefund() throws {
        var saga = try choosing(.refund)
        try saga.reply(to: RequestReturnRefund.self, .init(refundID: refundID, amount: "54.00", currency: "USD"))
        try saga.reply(to: SendRefund.self, .init(status: .failed))
        #expect(saga.businessStatus == "in_review")
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: true, reason: "new card"))
        try saga.reply(to: ChooseRemedy.self, .init(remedy: .refund))
        try saga.reply(to: RequestReturnRefund.self, .init(refundID: refundID, amount: "54.00", currency: "USD"))
        try saga.reply(to: SendRefund.self, .init(status: .failed))
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: false, reason: "paid by hand"))
        try closed(&saga)
        try rests(&saga, helpedBy: nil)
    }

    @Test("a refund that fails late and is given up leaves the authorization as the books have it")
    func givenUpLate() throws {
        var saga = try choosing(.refund)
        try refunded(&saga)
        try saga.deliver(WarrantyRefundSettled(warrantyID: id, refundID: refundID, status: .failed))
        try saga.reply(to: CheckRefund.self, .init(status: .failed))
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: false, reason: "paid by hand"))
        try rests(&saga, helpedBy: nil)
    }

    @Test("a refund that fails at once and arrives after all is taken up: the old news of its failure changes nothing")
    func arrivedAfterAll() throws {
        var saga = try choosing(.refund)
        try saga.reply(to: RequestReturnRefund.self, .init(refundID: refundID, amount: "54.00", currency: "USD"))
        try saga.reply(to: SendRefund.self, .init(status: .failed))
        try saga.deliver(WarrantyRefundSettled(warrantyID: id, refundID: refundID, status: .failed))
        try saga.deliver(WarrantyRefundSettled(warrantyID: id, refundID: refundID, status: .succeeded))
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: true, reason: "it is there"))
        #expect(try saga.expect(ChooseRemedy.self).tried.isEmpty)
        try saga.reply(to: ChooseRemedy.self, .init(remedy: .refund))
        try refunded(&saga)
        try saga.reply(to: CheckRefund.self, .init(status: .succeeded))
        try saga.expectNothing()
        try saga.advance(by: .days(14))
        try rests(&saga, helpedBy: .refund)
    }

    @Test("a refund that fails days after it had succeeded is paid again")
    func lateFailure() throws {
        var saga = try choosing(.refund)
        try refunded(&saga)
        try saga.advance(by: .days(5))
        try saga.deliver(WarrantyRefundSettled(warrantyID: id, refundID: refundID, status: .failed))
        try saga.reply(to: CheckRefund.self, .init(status: .failed))
        #expect(saga.businessStatus == "in_review")
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: true, reason: "new card"))
        try saga.reply(to: ChooseRemedy.self, .init(remedy: .refund))
        try repaid(&saga)
        try saga.reply(to: RestockReturn.self, .init(restocked: nil))
        // What is in the books of the first refund stands for the second.
        try told(&saga, .refunded, .returnRefunded)
        try saga.advance(by: .days(14))
        try rests(&saga, helpedBy: .refund)
    }

    @Test("new goods in the place of a refund that failed late are received in the books, and nothing is credited")
    func replacedAfterLateFailure() throws {
        var saga = try choosing(.refund)
        try refunded(&saga)
        try saga.deliver(WarrantyRefundSettled(warrantyID: id, refundID: refundID, status: .failed))
        try saga.reply(to: CheckRefund.self, .init(status: .failed))
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: true, reason: "send a new one"))
        try saga.reply(to: ChooseRemedy.self, .init(remedy: .replacement))
        try saga.reply(to: OpenReplacement.self, .init(draftID: "9"))
        try saga.reply(to: CompleteReplacement.self, .init(orderID: "55"))
        try saga.reply(to: RestockReturn.self, .init(restocked: nil))
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: "1"))
        try told(&saga, .replaced, .warrantyReplaced)
        try rests(&saga, helpedBy: .replacement)
    }

    @Test("the provider is asked once a day for money that is on its way; nothing is told before it has arrived")
    func pending() throws {
        var saga = try choosing(.refund)
        try saga.reply(to: RequestReturnRefund.self, .init(refundID: refundID, amount: "54.00", currency: "USD"))
        try saga.reply(to: SendRefund.self, .init(status: .pending))
        try saga.expectNothing()
        try saga.advance(by: .days(1))
        try saga.reply(to: CheckRefund.self, .init(status: .pending))
        try saga.deliver(WarrantyRefundSettled(warrantyID: id, refundID: refundID, status: .succeeded))
        try saga.expect(RestockReturn.self)
    }

    // MARK: People

    @Test("goods that come in while a person decides need neither label nor mail: they go to the bench")
    func cameInDuringReview() throws {
        var saga = try scenario()
        try saga.reply(to: CheckWarranty.self, .init(outcome: .inReview, reason: nil, outline: outline()))
        try saga.deliver(WarrantyReceived(warrantyID: id))
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: true, reason: "go on", goodsAreHere: true))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
        try saga.expectWait(for: WarrantyInspected.self)
        #expect(saga.businessStatus == "received")
    }

    @Test("what the ERP refuses a person puts right there, and a yes asks it again; a no undoes the decision")
    func authorizationRefused() throws {
        var saga = try scenario()
        try saga.reply(to: CheckWarranty.self, .init(outcome: .approved, reason: nil, outline: outline()))
        try saga.refuse(AuthorizeReturn.self, "not_shipped")
        #expect(try saga.expect(ReviewWarranty.self).reason.code == "not_shipped")
        try saga.reply(to: ReviewWarranty.self, Done())
        #expect(saga.businessStatus == "in_review")
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: true, reason: "put right"))
        #expect(saga.businessStatus == "approved")
        try saga.refuse(AuthorizeReturn.self, "not_shipped")
        try saga.reply(to: ReviewWarranty.self, Done())
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: false, reason: "no"))
        try saga.expectCompensation("WithdrawWarranty")
    }

    @Test("what the warehouse or the carrier refuses a person puts right, and a yes asks it again")
    func refusedOnTheWay() throws {
        var saga = try scenario()
        try saga.reply(to: CheckWarranty.self, .init(outcome: .approved, reason: nil, outline: outline()))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
        try saga.refuse(AnnounceReturn.self, "unknown_item")
        try saga.reply(to: ReviewWarranty.self, Done())
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: true, reason: "added", goodsAreHere: false))
        try saga.reply(to: AnnounceReturn.self, .init(number: "RMA-1"))
        try saga.refuse(BuyReturnLabel.self, "insufficient_funds")
        #expect(try saga.expect(ReviewWarranty.self).reason.code == "insufficient_funds")
        try saga.reply(to: ReviewWarranty.self, Done())
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: true, reason: "paid", goodsAreHere: false))
        try saga.reply(to: BuyReturnLabel.self, .init(labelID: "se-1", trackingNumber: "1Z1"))
        #expect(try saga.expect(NotifyClaimant.self).notice == .warrantyApproved)
    }

    @Test("a person's no before the label undoes the decision alone; a late person is looked for")
    func rejected() throws {
        var saga = try scenario()
        try saga.reply(to: CheckWarranty.self, .init(outcome: .inReview, reason: nil, outline: outline()))
        try saga.advance(by: .days(1))
        try saga.reply(to: EscalateWarranty.self, Done())
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: false, reason: "worn"))
        try saga.expectCompensation("WithdrawWarranty")
        try saga.expect(.compensated)
        #expect(saga.error == Refusal(code: "rejected", message: "worn"))
    }

    @Test("without a fault a person decides: help anyway, or send it back", arguments: [true, false])
    func noFault(helps: Bool) throws {
        var saga = try received()
        try saga.advance(by: .days(1))
        try saga.reply(to: EscalateWarranty.self, Done())
        try saga.deliver(WarrantyInspected(warrantyID: id, finding: .misuse))
        #expect(saga.businessStatus == "in_review")
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: helps, reason: "a good customer"))
        if helps {
            try saga.expect(ChooseRemedy.self)
        } else {
            try saga.expectCompensation(
                "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawWarranty")
        }
    }

    @Test("goods that were bought elsewhere stay where they are, and new ones are all that helps")
    func elsewhere() throws {
        var saga = try scenario()
        try saga.reply(
            to: CheckWarranty.self, .init(outcome: .inReview, reason: nil, outline: outline(elsewhere: true)))
        try saga.deliver(WarrantyReviewed(warrantyID: id, approved: true, reason: "the picture shows it"))
        try saga.reply(to: ChooseRemedy.self, .init(remedy: .replacement))
        try saga.reply(to: OpenReplacement.self, .init(draftID: "9"))
        try saga.reply(to: CompleteReplacement.self, .init(orderID: "55"))
        #expect(try saga.expect(NotifyClaimant.self).notice == .warrantyReplaced)
        try saga.reply(to: NotifyClaimant.self, Done())
        try rests(&saga, helpedBy: .replacement)
    }
}
