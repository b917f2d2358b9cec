import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing

@testable import Returns

@Suite("Lost answers to every write of a return", .enabled(if: WriteBench.isThere))
struct ReturnWriteTests {
    @Test(
        "each write of a return, its undo, and each write of its second life act once on each of twenty returns",
        arguments: [LostAnswer.dropped, .late])
    func returned(lost: LostAnswer) async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: lost, orders: try await LostAnswerTests.place(in: bench))
            try await run.shipGoods()
            let opened = try await run.openReturns()
            let first = try await run.arrange(opened)
            try await run.expectArranged(opened)
            try await run.giveUpExchange(opened)
            try await run.undo(opened, first)
            try await run.expectUndone(opened)

            try await run.reopen(opened)
            try await run.step(losing: false) { AuthorizeReturn(returnID: opened[$0.shopID].id) }
            let exchanges = try await run.step { OpenExchange(returnID: opened[$0.shopID].id) }
            let refunds = try await run.payBack(opened)
            let ordered = try await run.step {
                CompleteExchange(returnID: opened[$0.shopID].id, draftID: exchanges[$0.shopID].reply.draftID)
            }
            try await run.expectExchanged(opened, ordered.mapValues(\.reply.orderID), refunds)
            try await run.keepBooks(opened, refunds)
            try await run.expectBooked(opened, refunds)
            try await run.closeTickets(opened)
            try await run.expectTicketsClosed(opened)
        }
    }
}

extension JourneyRun {
    struct Arranged: Sendable {
        let authorizations: PerOrder<Answered<AuthorizeReturn.Reply>>
        let numbers: PerOrder<Answered<AnnounceReturn.Reply>>
        let labels: PerOrder<Answered<BuyReturnLabel.Reply>>
        let subscriptions: PerOrder<Answered<CancelReturnSubscription.Reply>>
    }

    /// Two of the four robes of each order are with the customer.
    func shipGoods() async throws {
        let sold = try await step(losing: false) { CreateSalesOrder(orderID: $0.orderID) }
        let sent = try await step(losing: false) {
            DispatchToWarehouse(orderID: $0.orderID, salesOrder: sold[$0.shopID].reply)
        }
        let packages = try await ship(sent.mapValues(\.reply.number), sold.mapValues(\.id))
        try await step(losing: false) {
            CreateItemFulfillment(shipmentID: packages[$0.shopID], salesOrderID: sold[$0.shopID].id)
        }
    }

    func arrange(_ opened: PerOrder<OpenedReturn>) async throws -> Arranged {
        let authorizations = try await step { AuthorizeReturn(returnID: opened[$0.shopID].id) }
        let numbers = try await step { AnnounceReturn(returnID: opened[$0.shopID].id) }
        let labels = try await step { BuyReturnLabel(returnID: opened[$0.shopID].id) }
        try await step { PostReturnMessage(returnID: opened[$0.shopID].id, message: .label) }
        let subscriptions = try await step { CancelReturnSubscription(returnID: opened[$0.shopID].id) }
        return Arranged(
            authorizations: authorizations, numbers: numbers, labels: labels, subscriptions: subscriptions)
    }

    func undo(_ opened: PerOrder<OpenedReturn>, _ arranged: Arranged) async throws {
        for order in orders {
            #expect(arranged.subscriptions[order.shopID].reply == .init(byUs: true, nextChargeDate: Self.nextCharge))
        }
        try await step {
            RestoreReturnSubscription(
                returnID: opened[$0.shopID].id,
                nextChargeDate: arranged.subscriptions[$0.shopID].reply.nextChargeDate)
        }
        try await step {
            VoidReturnLabel(returnID: opened[$0.shopID].id, labelID: arranged.labels[$0.shopID].reply.labelID)
        }
        try await step {
            CancelReturnAnnouncement(
                returnID: opened[$0.shopID].id, number: arranged.numbers[$0.shopID].reply.number ?? "")
        }
        try await step {
            CancelReturnAuthorization(
                returnID: opened[$0.shopID].id,
                authorizationID: arranged.authorizations[$0.shopID].reply.authorizationID ?? "")
        }
    }

    /// The goods of an exchange are set aside, dearer than what has come back, and nobody pays for them.
    func giveUpExchange(_ opened: PerOrder<OpenedReturn>) async throws {
        let exchanges = try await step(losing: false) { OpenExchange(returnID: opened[$0.shopID].id) }
        for order in orders {
            #expect(exchanges[order.shopID].reply.due == "117.00")
            #expect(exchanges[order.shopID].reply.isPaid == false)
        }
        try await step {
            CancelExchange(returnID: opened[$0.shopID].id, draftID: exchanges[$0.shopID].reply.draftID)
        }
    }

    func payBack(_ opened: PerOrder<OpenedReturn>) async throws -> PerOrder<RequestReturnRefund.Reply> {
        let refunds = try await requestRefunds(opened)
        let ids = try refunds.mapValues { try #require($0.refundID) }
        let sent = try await step { SendRefund(refundID: ids[$0.shopID]) }
        for order in orders { #expect(sent[order.shopID].reply.status == .succeeded) }
        return refunds
    }

    func keepBooks(
        _ opened: PerOrder<OpenedReturn>, _ refunds: PerOrder<RequestReturnRefund.Reply>
    ) async throws {
        let ids = try refunds.mapValues { try #require($0.refundID) }
        let receipts = try await step { RecordReturnReceipt(returnID: opened[$0.shopID].id) }
        let credits = try await step { RecordReturnCredit(returnID: opened[$0.shopID].id) }
        let books = try await step { RecordRefundInBooks(refundID: ids[$0.shopID]) }
        for order in orders {
            #expect(receipts[order.shopID].reply.receiptID != nil)
            #expect(credits[order.shopID].reply.creditID != nil)
            #expect(books[order.shopID].reply.documentID != nil)
        }
    }
    /// After the last word on each, which is ours.
    func closeTickets(_ opened: PerOrder<OpenedReturn>) async throws {
        try await step(losing: false) { PostReturnMessage(returnID: opened[$0.shopID].id, message: .refunded) }
        try await step { CloseReturnTicket(returnID: opened[$0.shopID].id) }
    }
}
