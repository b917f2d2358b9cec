import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

@Suite("Return saga: exchange")
struct ReturnExchangeSagaTests {
    private let way = ReturnWay()

    @Test("new goods that cost less go at once, after the difference is paid back")
    func cheaperExchange() throws {
        var saga = try way.exchanging(.init(draftID: "9", due: "0.00", isPaid: true))
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try saga.reply(to: CompleteExchange.self, .init(orderID: "55"))
        try way.exchangeTold(&saga)
        try way.finish(&saga, as: .exchanged, hasGoods: false)
    }

    @Test("old goods of an even exchange are put into stock once the new ones go, and not before")
    func evenExchange() throws {
        var saga = try way.inspected(resolution: .exchange)
        try saga.reply(to: OpenExchange.self, .init(draftID: "9", due: "0.00", isPaid: true))
        try saga.reply(to: RequestReturnRefund.self, .init(refundID: nil, amount: "0.00", currency: "USD"))
        try saga.reply(to: CompleteExchange.self, .init(orderID: "55"))
        try way.exchangeTold(&saga)
        try saga.reply(to: RestockReturn.self, .init(restocked: 1))
        try saga.expect(RecordReturnReceipt.self)
    }

    @Test("new goods that cost more are held until they are paid, and given up after a fortnight")
    func dearerExchange() throws {
        var saga = try way.exchanging(.init(draftID: "9", due: "20.00", isPaid: false))
        try saga.expectNothing()
        for _ in 1...14 {
            try saga.advance(by: .days(1))
            try saga.reply(to: CompleteExchange.self, .init(orderID: nil))
        }
        try saga.reply(to: CancelExchange.self, .init(orderID: nil))
        #expect(try saga.expect(ReviewReturn.self).reason.code == "exchange_unpaid")
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "refund it"))
        try saga.expect(RequestReturnRefund.self)
    }

    @Test("new goods that the shop refuses are asked for again after a yes; a no undoes all")
    func askedAgain() throws {
        for isApproved in [true, false] {
            var saga = try way.exchangeAsked()
            try saga.refuse(OpenExchange.self, "unknown_sku")
            let reason = try saga.expect(ReviewReturn.self).reason
            #expect(reason.code == "unknown_sku" && reason.message.contains("asked again"))
            try saga.reply(to: ReviewReturn.self, Done())
            #expect(saga.businessStatus == "in_review")
            try saga.deliver(ReturnReviewed(returnID: way.id, approved: isApproved, reason: "SKU added"))
            guard isApproved else {
                try saga.expectCompensation("WithdrawReturn")
                return try saga.expect(.compensated)
            }
            #expect(saga.businessStatus == "approved")
            try saga.reply(to: OpenExchange.self, .init(draftID: "9", due: "20.00", isPaid: false))
            try saga.expectWait(for: ExchangePaid.self)
        }
    }

    @Test("new goods that the shop refuses again go to a person again, whose yes refunds the old ones, as is said")
    func refusedAgain() throws {
        var saga = try way.exchangeAsked()
        for words in ["asked again", "refunded instead"] {
            try saga.refuse(OpenExchange.self, "unknown_sku")
            #expect(try saga.expect(ReviewReturn.self).reason.message.contains(words))
            try saga.reply(to: ReviewReturn.self, Done())
            try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "go on"))
        }
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try way.finish(&saga, hasGoods: false)
        try way.keep(saga, as: "exchange-refused-twice")
    }

    @Test("new goods that are paid for after the last look, as they are given up, go on as paid")
    func paidAtTheLast() throws {
        var saga = try way.exchanging(.init(draftID: "9", due: "20.00", isPaid: false))
        for _ in 1...14 {
            try saga.advance(by: .days(1))
            try saga.reply(to: CompleteExchange.self, .init(orderID: nil))
        }
        try saga.reply(to: CancelExchange.self, .init(orderID: "55"))
        try saga.reply(to: CompleteExchange.self, .init(orderID: "55"))
        #expect(saga.undoList.isEmpty && saga.businessStatus == "exchanged")
        try way.exchangeTold(&saga)
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: "1"))
        try saga.reply(to: RecordReturnCredit.self, .init(creditID: "2"))
        try saga.reply(to: CloseReturn.self, Done())
        try saga.expect(.completed)
    }
}
