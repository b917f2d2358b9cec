import Commerce
import Contracts
import Messaging

/// Which call a refund still needs, or has begun.
///
/// There are two at most: the first asks Stripe, where money of the refund is there, and the shop as soon as Stripe has
/// given all of it. Where Stripe took its time, the second has the shop's part.
struct RefundSending: Sendable {
    let key: String
    /// Whether the shop has told of it: then it is only looked for.
    var isMade = false
    /// What Stripe has given; nil in the first call.
    var given: [StripePart]?

    /// Nil for a refund that is on its way, or at its end.
    init?(of refund: RefundStore.Row, in transaction: HandlerTransaction) async throws {
        let (first, second) = (SendRefund.effectKey(refund.id), SendRefund.shopEffectKey(refund.id))
        guard refund.status != .requested else {
            key = first
            return
        }
        let refunds = RefundStore(transaction)
        let isInShop = refund.externalID != nil
        let share = try await StripeRefundStore(transaction).share(of: refund.id)
        // WHY: where the shop has told of it before our own call's answer came, that call is still to be ended.
        if let share, try await refunds.hasOpenEffect(second) {
            key = second
            isMade = isInShop
            given = share.parts
        } else if isInShop, try await refunds.hasOpenEffect(first) {
            key = first
            isMade = true
        } else if let share, !isInShop, refund.isOnItsWay, share.isGiven {
            key = second
            given = share.parts
        } else {
            return nil
        }
    }
}

/// A refund that was given back at Stripe, in whole or in part, and that the shop does not write down: people do.
struct UnrecordedRefund: Sendable {
    private let id: RefundID
    private let shopOrder: String

    init(_ id: RefundID, _ shopOrder: String) {
        self.id = id
        self.shopOrder = shopOrder
    }

    func alert(_ refusal: Refusal, in transaction: HandlerTransaction) throws {
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "refund_unrecorded/\(id)", title: "A refund was given back at Stripe and is not in the shop",
                    // WHY: without the reference it would count as one more refund.
                    text:
                        "\(refusal.message) What Stripe gave stays given: record it in the shop by hand, with [\(id)] in "
                        + "the refund's note.",
                    fields: ["refund": "\(id)", "shop_order": shopOrder],
                    next: ["stateset refunds show \(id)"])),
            subject: id.description)
    }
}
