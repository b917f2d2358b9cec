import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Has the money of a refund given back: at Stripe what came in there, then by the shop, which records that and gives the
/// rest.
///
/// The refund's id stands in the shop's note, and is its idempotency key where the version has one: found there, it is
/// not made again. What Stripe gives has a key of its own, see ``StripeTender``. Where Stripe takes its time, the shop's
/// part is a second sending, once Stripe has said yes to all of its own.
struct SendRefundHandler: EffectHandler {
    typealias Message = SendRefund

    let accounts: ProviderAccounts
    // LIMIT: versions without idempotency keys list a refund at once when it is made; a slow request ends in a minute.
    var effect = EffectKind("shopify", "refund.create", recovery: .probe(settleTime: .seconds(30)))

    func plan(
        _ command: SendRefund, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<ShopRefundRequest, SendRefund.Reply> {
        guard let refund = try await RefundStore(transaction).find(command.refundID) else {
            throw Refusal(code: "not_found", message: "There is no refund \(command.refundID).")
        }
        guard let sending = try await RefundSending(of: refund, in: transaction) else {
            return .reply(SendRefund.Reply(status: refund.status, error: refund.error))
        }
        guard let shopID = try await OrderView(transaction).shopID(of: refund.orderID) else {
            return .reply(try await refuse(refund, .noProvider, in: transaction))
        }
        if refund.status == .requested, let error = try await overtaken(refund, sending, in: transaction) {
            return .reply(try await refuse(refund, error, in: transaction))
        }
        var request = try await ShopRefundRequest(refund, shopOrder: shopID, in: transaction)
        request.isMade = sending.isMade ? true : nil
        request.given = sending.given
        return .effect(key: sending.key, request)
    }

    /// Why a refund of a return is not sent any more: an earlier one has given something after it was reckoned, or somebody
    /// has refunded such units in the shop.
    private func overtaken(
        _ refund: RefundStore.Row, _ sending: RefundSending, in transaction: HandlerTransaction
    ) async throws -> Refusal? {
        guard let returnID = refund.returnID, let ledger = try await LedgerStore(transaction).lock(refund.orderID)
        else { return nil }
        let refunds = RefundStore(transaction)
        if try await refunds.succeeded(of: returnID) != nil { return .stands }
        let given = try await RefundPartStore(of: ledger, transaction).standing(of: returnID)
            .refunded(in: ledger.sale.currency)
        guard try await refunds.calculation(of: refund.id)?.givenBefore == given else { return .givenMeanwhile }
        // WHY: what a call may have made already is looked for there, whatever has come about since.
        guard try await !refunds.hasOpenEffect(sending.key) else { return nil }
        return try await ReturnStore(transaction).shopRefund(of: returnID)
    }

    func perform(_ request: ShopRefundRequest, for call: EffectCall) async throws -> RefundNews {
        // WHY: what the shop has told of is not made again because it is not found there; a person has to look.
        guard request.isMade != true else {
            throw ProviderFailure.unknownOutcome(
                code: "refund_not_found", message: "The shop has told of refund \(request.reference) and shows none.")
        }
        do {
            return try await send(request, call)
        } catch let failure as ProviderFailure {
            guard case .refused(let code, let message) = failure else { throw failure }
            // WHY: an earlier sending that arrived after all leaves nothing to give back; its money has moved.
            if let made = try await probe(request, for: call) { return made }
            let refusal = Refusal(code: code, message: message)
            // WHY: what Stripe has given stays given, whatever is refused after it.
            if let given = request.given {
                return RefundNews(refusedByShop: refusal, StripeShare(parts: given, of: request))
            }
            return RefundNews(status: .failed, provider: ShopifySettings.provider, externalID: nil, error: refusal)
        }
    }

    private func send(_ request: ShopRefundRequest, _ call: EffectCall) async throws -> RefundNews {
        let shop = try await accounts.shopify(call.workspaceID)
        let transactions = try await shop.transactions(of: ShopifyID(request.shopOrder))
        if let paid = request.otherCurrency(transactions) { throw ProviderFailure.paidInAnother(paid, request) }
        let given = try await given(request, transactions, call)
        guard let share = given.map({ StripeShare(parts: $0, of: request) }) else {
            let refund = try await shop.createRefund(request.draft(transactions))
            return ShopRefund(refund, movements: refund.transactions ?? []).news
        }
        guard share.isGiven else {
            return RefundNews(atStripe: share.parts, since: .requested)
        }
        return try await record(share, request.draft(transactions), shop)
    }

    /// What has gone back at Stripe, or is about to; nil for a refund that gives nothing there.
    private func given(
        _ request: ShopRefundRequest, _ transactions: [ShopifyTransaction], _ call: EffectCall
    ) async throws -> [StripePart]? {
        if let given = request.given { return given }
        do {
            guard let tender = try await tender(request, transactions, call) else { return nil }
            return try await tender.give(besides: try await tender.look())
        } catch let failure as ProviderFailure {
            // WHY: an earlier call may have given what cannot be seen now, with other settings or a key that is refused.
            guard case .refused = failure, call.sinceFirstCall != nil else { throw failure }
            throw failure.afterGiving
        }
    }

    private func tender(
        _ request: ShopRefundRequest, _ transactions: [ShopifyTransaction], _ call: EffectCall
    ) async throws -> StripeTender? {
        guard let account = try await accounts.refundsAtStripe(call.workspaceID) else { return nil }
        return StripeTender(request, transactions, account, at: call.now)
    }

    /// The shop's part of a refund whose money at Stripe has gone back: a refusal leaves that as it is.
    private func record(
        _ share: StripeShare, _ draft: ShopifyRefundDraft, _ shop: ShopifyClient
    ) async throws -> RefundNews {
        guard !draft.isEmpty else { return RefundNews(settledAtStripe: share) }
        do {
            let refund = try await shop.createRefund(draft)
            return ShopRefund(refund, movements: refund.transactions ?? [], atStripe: share).news
        } catch {
            // WHY: what Stripe has given is not undone by a shop that is away: the call has begun to act.
            guard case .refused(let code, let message) = error else { throw error.afterGiving }
            if let made = try await shop.refund(of: draft.order, reference: draft.reference) {
                return ShopRefund(made, movements: made.transactions ?? [], atStripe: share).news
            }
            return RefundNews(refusedByShop: Refusal(code: code, message: message), share)
        }
    }

    func probe(_ request: ShopRefundRequest, for call: EffectCall) async throws -> RefundNews? {
        let shop = try await accounts.shopify(call.workspaceID)
        guard let refund = try await shop.refund(of: ShopifyID(request.shopOrder), reference: request.reference) else {
            return nil
        }
        let share = try await share(of: request, shop, call)
        return ShopRefund(refund, movements: refund.transactions ?? [], atStripe: share).news
    }

    /// What Stripe has given of a refund that the shop has.
    private func share(
        of request: ShopRefundRequest, _ shop: ShopifyClient, _ call: EffectCall
    ) async throws -> StripeShare? {
        if let given = request.given { return StripeShare(parts: given, of: request) }
        // WHY: most workspaces have none, and are not asked for the payments once more.
        guard request.storeCredit == nil, try await accounts.refundsAtStripe(call.workspaceID) != nil else {
            return nil
        }
        let transactions = try await shop.transactions(of: ShopifyID(request.shopOrder))
        let parts = try await tender(request, transactions, call)?.look() ?? []
        return parts.isEmpty ? nil : StripeShare(parts: parts, of: request)
    }

    func duplicates(of request: ShopRefundRequest, for call: EffectCall) async throws -> [String] {
        let shop = try await accounts.shopify(call.workspaceID)
        let all = try await shop.refunds(of: ShopifyID(request.shopOrder))
        let ours = all.filter { $0.carries(reference: request.reference) }.compactMap(\.id?.text)
        return ours.count > 1 ? ours : []
    }

    func settle(
        _ news: RefundNews, of request: ShopRefundRequest, for command: SendRefund, in transaction: HandlerTransaction
    ) async throws -> SendRefund.Reply {
        let status = try await RefundSettlement(transaction: transaction).settle(command.refundID, news)
        if let refusal = news.unrecorded {
            try UnrecordedRefund(command.refundID, request.shopOrder).alert(refusal, in: transaction)
        }
        try await PendingRefund(command.refundID).watch(in: transaction)
        return SendRefund.Reply(status: status ?? news.status, error: news.error)
    }

    /// Ends a refund that is not sent any more. What Stripe is known to have given of it stays given.
    private func refuse(
        _ refund: RefundStore.Row, _ error: Refusal, in transaction: HandlerTransaction
    ) async throws -> SendRefund.Reply {
        var news = RefundNews(status: .failed, provider: "none", externalID: nil, error: error)
        news.parts = try await StripeRefundStore(transaction).share(of: refund.id)?.given
        try await RefundSettlement(transaction: transaction).settle(refund.id, news)
        return SendRefund.Reply(status: .failed, error: error)
    }
}

extension ProviderFailure {
    /// WHY: the shop gives back in the currency that was paid in. An order that was known here before its two currencies
    /// were told apart has its ledger in the shop's, whose amounts are none of the customer's money.
    fileprivate static func paidInAnother(_ currency: String, _ request: ShopRefundRequest) -> ProviderFailure {
        .refused(
            code: "foreign_currency",
            message:
                "The customer paid in \(currency), and the order's money is known here in \(request.currency): give it "
                + "back in the shop, in \(currency), and reject the return or leave the refund failed here.")
    }
}

extension Refusal {
    /// An order that no payment provider knows.
    fileprivate static let noProvider = Refusal(
        code: "no_payment_provider", message: "The order has no shop that could give its money back; do it by hand.")
    /// One that had failed has arrived while this one was on its way to the shop.
    fileprivate static let stands = Refusal(
        code: "refund_stands", message: "An earlier refund of the return has arrived: its money is not given again.")
    /// What one that had failed gives all the same has changed since this one was reckoned.
    fileprivate static let givenMeanwhile = Refusal(
        code: "refund_given_meanwhile",
        message: "What an earlier refund of the return has given is not what was reckoned with; approved, it is anew.")
}
