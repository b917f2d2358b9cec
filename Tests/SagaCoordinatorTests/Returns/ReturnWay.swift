import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

/// One return on its way, without servers: its saga brought to where a test begins.
struct ReturnWay {
    let id = ReturnID()
    let orderID = OrderID()
    let refundID = RefundID()

    func scenario() throws -> SagaScenario {
        try SagaScenario(ReturnSaga.self, input: ReturnReference(returnID: id, orderID: orderID))
    }

    func plan(
        comesBack: Bool = true, cancelsSubscription: Bool = false, hasTicket: Bool? = nil
    ) -> ReturnPlan {
        ReturnPlan(
            orderID: orderID, resolution: .originalPayment, comesBack: comesBack, hasLabel: true,
            cancelsSubscription: cancelsSubscription, reviewSeconds: 86_400,
            reminderSeconds: [7 * 86_400, 21 * 86_400], expirySeconds: 30 * 86_400, receiptWaitSeconds: 3 * 86_400,
            hasTicket: hasTicket)
    }

    func labelled(
        cancelsSubscription: Bool = false, hasTicket: Bool? = nil, resolution: ReturnResolution = .originalPayment
    ) throws -> SagaScenario {
        var saga = try scenario()
        var plan = plan(cancelsSubscription: cancelsSubscription, hasTicket: hasTicket)
        plan.resolution = resolution
        try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: plan))
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

    func received(
        hasTicket: Bool? = nil, resolution: ReturnResolution = .originalPayment
    ) throws -> SagaScenario {
        var saga = try labelled(hasTicket: hasTicket, resolution: resolution)
        try saga.deliver(ReturnReceived(returnID: id))
        try receiptTold(&saga)
        return saga
    }

    func receiptTold(_ saga: inout SagaScenario) throws {
        #expect(try saga.expect(NotifyReturnCustomer.self).notice == .returnReceived)
        try saga.reply(to: NotifyReturnCustomer.self, Done())
        #expect(try saga.expect(PostReturnMessage.self).message == .received)
        try saga.reply(to: PostReturnMessage.self, Done())
    }

    func exchangeTold(_ saga: inout SagaScenario) throws {
        #expect(try saga.expect(PostReturnMessage.self).message == .exchanged)
        try saga.reply(to: PostReturnMessage.self, Done())
        #expect(try saga.expect(NotifyReturnCustomer.self).notice == .returnExchanged)
        try saga.reply(to: NotifyReturnCustomer.self, Done())
    }

    func inspected(
        hasTicket: Bool? = nil, resolution: ReturnResolution = .originalPayment
    ) throws -> SagaScenario {
        var saga = try received(hasTicket: hasTicket, resolution: resolution)
        try saga.reply(to: AssessReturn.self, .init(verdict: .refund))
        return saga
    }

    func requested(_ saga: inout SagaScenario) throws {
        try saga.reply(
            to: RequestReturnRefund.self, .init(refundID: refundID, amount: "80.06", currency: "USD"))
    }

    /// - Parameter hasGoods: whether the goods came back.
    func finish(
        _ saga: inout SagaScenario, as status: ReturnStatus = .refunded, hasGoods: Bool = true
    ) throws {
        #expect(saga.businessStatus == status.rawValue)
        try book(&saga, hasGoods: hasGoods)
        try rest(&saga)
    }

    /// What has happened is told and written down.
    func book(_ saga: inout SagaScenario, hasGoods: Bool = true) throws {
        try refundTold(&saga)
        if hasGoods { try saga.reply(to: RestockReturn.self, .init(restocked: nil)) }
        try saga.reply(to: RecordReturnReceipt.self, .init(receiptID: "1"))
        try saga.reply(to: RecordReturnCredit.self, .init(creditID: "2"))
        try saga.reply(to: RecordRefundInBooks.self, .init(documentID: nil))
    }

    func refundTold(_ saga: inout SagaScenario) throws {
        #expect(try saga.expect(PostReturnMessage.self).message == .refunded)
        try saga.reply(to: PostReturnMessage.self, Done())
        #expect(try saga.expect(NotifyReturnCustomer.self).notice == .returnRefunded)
        try saga.reply(to: NotifyReturnCustomer.self, Done())
    }

    /// The refund stays what it is for as long as it is watched.
    func rest(_ saga: inout SagaScenario) throws {
        try saga.advance(by: .days(14))
        try saga.reply(to: CloseReturn.self, Done())
        try saga.expect(.completed)
        #expect(try saga.output(ReturnOutcome.self).refundID == refundID)
    }

    /// Among the golden histories, which are beside the catalog's tests.
    func keep(_ saga: SagaScenario, as name: String) throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().path
        try GoldenHistories(SagaDefinition(ReturnSaga.self), beside: tests).keep(saga, as: name)
    }

    func exchanging(_ opened: OpenExchange.Reply, hasTicket: Bool? = nil) throws -> SagaScenario {
        var saga = try exchangeAsked(hasTicket: hasTicket)
        try saga.reply(to: OpenExchange.self, opened)
        return saga
    }

    /// Of goods that the customer keeps.
    func exchangeAsked(hasTicket: Bool? = nil) throws -> SagaScenario {
        var saga = try scenario()
        var plan = plan(comesBack: false, hasTicket: hasTicket)
        plan.resolution = .exchange
        try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: plan))
        return saga
    }
}

// What the catalog's tests answer with: a return that goes all the way.

extension ReturnPlan: Sampled {
    public static var sample: ReturnPlan {
        .init(
            orderID: OrderID("ord_0192f0c1a2b37c4d8e9fa0b1c2d3e4f5") ?? OrderID(), resolution: .originalPayment,
            comesBack: true, hasLabel: true, cancelsSubscription: true, reviewSeconds: 1, reminderSeconds: [1],
            expirySeconds: 1, receiptWaitSeconds: 1, hasTicket: true)
    }
}

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
