import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

@Suite("Return saga: the helpdesk's ticket")
struct ReturnTicketSagaTests {
    private let way = ReturnWay()

    @Test("a ticket is closed once its customer has been told of the money, long before the return rests")
    func refunded() throws {
        var saga = try way.inspected(hasTicket: true)
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try way.book(&saga)
        try saga.reply(to: CloseReturnTicket.self, Done())
        try way.rest(&saga)
    }

    @Test("a ticket is closed once its customer has been told of the new goods")
    func exchanged() throws {
        var saga = try way.exchanging(.init(draftID: "9", due: "20.00", isPaid: false), hasTicket: true)
        try saga.deliver(ExchangePaid(returnID: way.id))
        for _ in 1...2 { try saga.reply(to: CompleteExchange.self, .init(orderID: "55")) }
        try way.exchangeTold(&saga)
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: "1"))
        try saga.reply(to: RecordReturnCredit.self, .init(creditID: "2"))
        try saga.reply(to: CloseReturnTicket.self, Done())
        try saga.reply(to: CloseReturn.self, Done())
        try saga.expect(.completed)
    }

    @Test("a ticket is closed where nothing is given back and the customer has been told so")
    func unrefunded() throws {
        var saga = try way.inspected(hasTicket: true)
        try saga.reply(to: RequestReturnRefund.self, .init(refundID: nil, amount: "0.00", currency: "USD"))
        try saga.reply(to: CloseReturn.self, Done())
        try saga.reply(to: PostReturnMessage.self, Done())
        try saga.reply(to: NotifyReturnCustomer.self, Done())
        try saga.reply(to: RestockReturn.self, .init(restocked: nil))
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: "1"))
        try saga.reply(to: CancelReturnAuthorization.self, Done())
        try saga.reply(to: CloseReturnTicket.self, Done())
        try saga.expect(.completed)
    }

    @Test("a return that ends without its money, or is undone, leaves its ticket to people")
    func leftOpen() throws {
        var givenUp = try way.inspected(hasTicket: true)
        try way.requested(&givenUp)
        try givenUp.reply(to: SendRefund.self, .init(status: .failed))
        try givenUp.deliver(ReturnReviewed(returnID: way.id, approved: false, reason: "paid in cash"))
        try givenUp.reply(to: CloseReturn.self, Done())
        try givenUp.reply(to: CancelReturnAuthorization.self, Done())
        try givenUp.expect(.completed)

        var undone = try way.labelled(hasTicket: true)
        try undone.apply(.cancel)
        try undone.expectCompensation(
            "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawReturn")
        try undone.expect(.cancelled)
    }
}
