import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// News of Stripe about a refund of ours. What it tells is a hint: the refund is read again there.
///
/// *Guarantees*: what Stripe has given for a refund is known here even where no call of ours has lived to write it down.
/// *Failure*: ``MalformedMessage`` for a payload that cannot be read.
struct ReceiveStripeRefund: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let webhook = try ReceivedWebhook(envelope)
        guard webhook.topic.contains("refund") else { return }
        let payload = try await webhook.payload(in: transaction)
        guard let event = try? StripeEvent(json: payload) else {
            throw MalformedMessage("the payload is no event of Stripe's API v1")
        }
        guard case .refund(let told) = event.subject, let key = StripeRefundKey(of: told),
            let id = RefundID(key.refund), let refund = try await RefundStore(transaction).find(id),
            try await isNews(told, key, of: refund, in: transaction)
        else { return }
        try await look(refund, in: transaction)
    }

    /// Writes down what nobody knows of yet.
    private func isNews(
        _ told: StripeRefund, _ key: StripeRefundKey, of refund: RefundStore.Row, in transaction: HandlerTransaction
    ) async throws -> Bool {
        guard let ledger = try await LedgerStore(transaction).lock(refund.orderID) else { return false }
        let store = StripeRefundStore(transaction)
        if let known = try await store.status(of: told.id, in: refund.id) {
            return known != told.status.refundStatus
        }
        guard let amount = told.amount, amount.currency == refund.amount.currency,
            ledger.tenders.contains(where: { $0.externalID == key.paymentID })
        else { return false }
        let payment = ShopRefundRequest.Payment(
            parentID: key.paymentID, amount: DecimalText(amount.decimalString))
        // WHY: of no time at all: whatever is read at Stripe stands against what an event says.
        let hint = StripePart(payment, told, at: Date(timeIntervalSince1970: 0))
        try await store.save([hint], of: refund.id, in: amount.currency)
        return true
    }

    /// WHY: while a call of ours is on its way, it writes down what it has read itself; only later somebody else has to.
    private func look(_ refund: RefundStore.Row, in transaction: HandlerTransaction) async throws {
        guard refund.status == .requested else {
            return try transaction.send(CheckRefund(refundID: refund.id), subject: refund.id.description)
        }
        try await transaction.schedule(
            CheckRefund(refundID: refund.id), at: transaction.now.addingTimeInterval(Self.patience.timeInterval),
            subject: refund.id.description)
    }

    // LIMIT: a call at Stripe ends within two minutes, and one at the shop soon after it.
    private static let patience = Duration.minutes(10)
}
