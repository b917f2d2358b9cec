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
    /// What its payments at Stripe give; nil where it has none.
    var atStripe: [StripePart]?
    /// Why the shop has no record of what was given back at Stripe; nil where it has one, or still may.
    var unrecorded: Refusal?
}

/// A movement of a refund's money, wherever that is.
struct RefundMovement: Sendable {
    let id: String
    let parentID: String?
    let amount: DecimalText
    let status: RefundStatus

    init(_ movement: ShopifyTransaction) {
        id = movement.id.text
        parentID = movement.parentID?.text
        amount = movement.amount
        status = movement.hasSucceeded ? .succeeded : movement.hasFailed ? .failed : .pending
    }

    init(_ part: StripePart) {
        id = part.externalID ?? part.parentID
        parentID = part.parentID
        amount = part.amount
        status = part.status
    }
}

extension [RefundMovement] {
    /// Of all payments together: done or failed with the last word on each.
    ///
    /// WHY: failed with the first that fails, it would be asked for again while others are still on their way.
    var status: RefundStatus {
        guard allSatisfy({ $0.status == .succeeded || $0.status == .failed }) else {
            return contains { $0.status == .requiresAction } ? .requiresAction : .pending
        }
        return contains { $0.status == .failed } ? .failed : .succeeded
    }

    /// What was given, or is about to be.
    var given: [RefundNews.Part] {
        filter { $0.status != .failed }.map { .init(id: $0.id, parentID: $0.parentID, amount: $0.amount) }
    }
}

/// A refund of ours as the shop has it.
///
/// What a payment gives at Stripe counts as Stripe tells it: the shop has recorded it, and knows nothing of its failure.
struct ShopRefund: Sendable {
    let news: RefundNews

    /// - Parameter movements: of its money, as they are now.
    init(_ refund: ShopifyRefund, movements: [ShopifyTransaction], atStripe share: StripeShare? = nil) {
        self.init(id: refund.id?.text, movements: movements, atStripe: share)
    }

    init(id: String?, movements: [ShopifyTransaction], atStripe share: StripeShare?) {
        let own = movements.filter { share?.has($0.parentID) != true }.map { RefundMovement($0) }
        let atStripe = share?.recorded(by: movements) ?? []
        let all = own + atStripe.map { RefundMovement($0) }
        // WHY: one that shows no movement of the shop's own yet has given nothing there: each of ours is for money.
        let status = own.isEmpty && share?.isAll != true ? .pending : all.status
        news = RefundNews(
            status: status, provider: ShopifySettings.provider, externalID: id,
            error: status == .failed ? (atStripe.firstError ?? Refusal.notGivenBack) : nil,
            parts: all.contains { $0.status == .failed } ? all.given : [], atStripe: share == nil ? nil : atStripe)
    }
}

extension RefundNews {
    /// Of a refund that the shop does not have: what Stripe gives of it.
    /// - Parameter before: the refund's status. Given in whole at Stripe, it is on its way until the shop has it too; one
    ///   that has failed stays failed, for nothing more of it is sent.
    init(atStripe parts: [StripePart], since before: RefundStatus) {
        let movements = parts.map { RefundMovement($0) }
        let status: RefundStatus =
            switch (before, movements.status) {
            case (.failed, _): .failed
            case (.requested, .succeeded), (.pending, .succeeded), (.requiresAction, .succeeded): .pending
            case (_, let told): told
            }
        self.init(
            status: status, provider: StripeSettings.provider,
            error: status == .failed ? (parts.firstError ?? Refusal.notGivenBack) : nil,
            parts: status == .failed ? movements.given : [], atStripe: parts,
            unrecorded: status == .failed && before != .failed && !movements.given.isEmpty ? Refusal.givenInPart : nil)
    }

    /// Of one that was given back at Stripe and has nothing to record in the shop.
    init(settledAtStripe share: StripeShare) {
        self.init(status: .succeeded, provider: StripeSettings.provider, parts: [], atStripe: share.parts)
    }

    /// Of one that the shop refuses after Stripe has given its part.
    ///
    /// WHY: where that is all of it, the customer has the money, whatever the shop writes down.
    init(refusedByShop error: Refusal, _ share: StripeShare) {
        self.init(
            status: share.isAll ? .succeeded : .failed, provider: StripeSettings.provider,
            error: share.isAll ? nil : error,
            parts: share.isAll ? [] : share.given, atStripe: share.parts,
            unrecorded: error)
    }
}

extension [StripePart] {
    fileprivate var firstError: Refusal? { lazy.compactMap(\.error).first }
}

extension Refusal {
    /// Why a refund has failed of which one payment has given its part.
    static let refundFailedInPart = "refund_failed_in_part"

    fileprivate static let givenInPart = Refusal(
        code: refundFailedInPart, message: "One payment of it has given its part, and another gave nothing back.")

    fileprivate static let notGivenBack = Refusal(
        code: "refund_failed", message: "The payment provider did not give the money back.")
}
