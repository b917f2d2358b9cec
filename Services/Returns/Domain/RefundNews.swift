import Commerce
import Contracts
import Messaging
import Providers

/// What a payment provider tells of a refund.
struct RefundNews: Codable, Sendable, Equatable {
    var status: RefundStatus
    var provider: String
    /// What the provider calls it; nil where it never came to be there.
    var externalID: String?
    /// Why it failed.
    var error: Refusal?
}

/// A refund of ours as the shop has it.
struct ShopRefund: Sendable {
    let news: RefundNews

    /// - Parameter movements: of its money, as they are now.
    init(_ refund: ShopifyRefund, movements: [ShopifyTransaction]) {
        news = RefundNews(
            status: Self.status(movements), provider: ShopifySettings.provider, externalID: refund.id?.text,
            error: movements.contains(where: \.hasFailed)
                ? Refusal(code: "refund_failed", message: "The payment provider did not give the money back.") : nil)
    }

    /// Of all payments together: failed with one of them, and done with the last.
    private static func status(_ movements: [ShopifyTransaction]) -> RefundStatus {
        if movements.contains(where: \.hasFailed) { return .failed }
        return movements.allSatisfy(\.hasSucceeded) ? .succeeded : .pending
    }
}
