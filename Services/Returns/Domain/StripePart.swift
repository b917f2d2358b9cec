import Commerce
import Foundation
import Messaging
import Providers

/// What one payment of a refund gives back at Stripe, where its money is: the shop can only record it.
struct StripePart: Codable, Sendable, Equatable {
    /// The sale or capture in the shop.
    var parentID: String
    var amount: DecimalText
    /// The refund at Stripe; nil where Stripe has refused to make one.
    var externalID: String?
    var status: RefundStatus
    /// Why it failed.
    var error: Refusal?
    /// How much of it the shop's refund has recorded; nil where nobody has looked.
    var recorded: DecimalText?
    /// When Stripe was asked.
    var readAt: Date
}

extension StripePart {
    /// Of a payment whose refund Stripe has.
    init(_ payment: ShopRefundRequest.Payment, _ refund: StripeRefund, at now: Date) {
        self.init(
            parentID: payment.parentID, amount: payment.amount, externalID: refund.id, status: .pending, readAt: now)
        hear(refund, at: now)
    }

    /// Of a payment for which Stripe makes none.
    init(_ payment: ShopRefundRequest.Payment, refused error: Refusal, at now: Date) {
        self.init(parentID: payment.parentID, amount: payment.amount, status: .failed, error: error, readAt: now)
    }

    mutating func hear(_ refund: StripeRefund, at now: Date) {
        status = refund.status.refundStatus ?? status
        error = status == .failed ? Refusal(failed: refund) : nil
        readAt = now
    }
}

/// What all payments at Stripe give of one refund.
struct StripeShare: Codable, Sendable, Equatable {
    var parts: [StripePart]
    /// Whether no other payment gives anything.
    var isAll: Bool

    /// Whether Stripe has said yes to all of it.
    var isGiven: Bool { parts.allSatisfy { $0.status == .succeeded } }

    /// What of it has gone back, or is about to.
    var given: [RefundNews.Part] { parts.map { RefundMovement($0) }.given }

    func has(_ payment: ShopifyID?) -> Bool {
        parts.contains { $0.parentID == payment?.text }
    }

    /// With what the shop's refund has recorded of each.
    func recorded(by movements: [ShopifyTransaction]) -> [StripePart] {
        parts.map { part in
            var part = part
            let records = movements.filter { $0.parentID?.text == part.parentID && !$0.hasFailed }
            part.recorded = DecimalText.sum(records.map(\.amount))
            return part
        }
    }
}

extension StripeShare {
    init(parts: [StripePart], of request: ShopRefundRequest) {
        self.init(parts: parts, isAll: parts.count == request.payments.count)
    }
}

extension Refusal {
    fileprivate init(failed refund: StripeRefund) {
        let reason = refund.failureReason ?? (refund.status == .cancelled ? "cancelled" : "no reason given")
        self.init(
            code: refund.failureReason ?? "refund_failed",
            message: "Stripe did not give the money back: \(reason) (\(refund.id)).")
    }
}
