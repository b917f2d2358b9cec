import Commerce
import Contracts
import Messaging
import Providers

/// What a payment provider tells of a refund.
struct RefundNews: Codable, Sendable, Equatable {
    /// Money of a refund that one payment has given, or is about to.
    struct Part: Codable, Sendable, Equatable {
        /// The movement's id at the provider.
        var id: String
        /// The payment it is given back from.
        var parentID: String?
        var amount: DecimalText
    }

    var status: RefundStatus
    var provider: String
    /// What the provider calls it; nil where it never came to be there.
    var externalID: String?
    /// Why it failed.
    var error: Refusal?
    /// What single payments give although another has failed; nil where nothing is told of single payments.
    var parts: [Part]?
}

/// A refund of ours as the shop has it.
struct ShopRefund: Sendable {
    let news: RefundNews

    /// - Parameter movements: of its money, as they are now.
    init(_ refund: ShopifyRefund, movements: [ShopifyTransaction]) {
        let status = Self.status(movements)
        news = RefundNews(
            status: status, provider: ShopifySettings.provider, externalID: refund.id?.text,
            error: status == .failed
                ? Refusal(code: "refund_failed", message: "The payment provider did not give the money back.") : nil,
            parts: Self.parts(movements))
    }

    /// Of all payments together: done or failed with the last word on each.
    ///
    /// WHY: failed with the first that fails, it would be asked for again while others are still on their way. One that
    /// shows no movement yet has given nothing: each of ours is for money.
    private static func status(_ movements: [ShopifyTransaction]) -> RefundStatus {
        guard !movements.isEmpty, movements.allSatisfy({ $0.hasSucceeded || $0.hasFailed }) else { return .pending }
        return movements.contains(where: \.hasFailed) ? .failed : .succeeded
    }

    private static func parts(_ movements: [ShopifyTransaction]) -> [RefundNews.Part] {
        guard movements.contains(where: \.hasFailed) else { return [] }
        return movements.filter { !$0.hasFailed }.map {
            RefundNews.Part(id: $0.id.text, parentID: $0.parentID?.text, amount: $0.amount)
        }
    }
}

extension Refusal {
    /// Why a refund has failed of which one payment has given its part.
    static let refundFailedInPart = "refund_failed_in_part"
}
