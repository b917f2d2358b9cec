import Commerce
import Contracts
import Messaging
import Providers

/// Cancels the subscription that the goods came from: at Recharge at once, at Stripe with the period that is paid unless
/// it is to be at once.
///
/// *Guarantees*: whether it was us, and when it would have been charged next, is known however often an answer is lost.
struct CancelReturnSubscriptionHandler: EffectHandler {
    typealias Message = CancelReturnSubscription

    let accounts: ProviderAccounts
    let effect = EffectKind("subscriptions", "subscription.cancel", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var key: String
        var subscription: ReturnRequest.Subscription
    }

    struct Outcome: Codable, Sendable {
        var reply: CancelReturnSubscription.Reply
        /// Whether it may go on as if nothing had been.
        var isResumable: Bool
    }

    func plan(
        _ command: CancelReturnSubscription, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, CancelReturnSubscription.Reply> {
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        guard let subscription = goods.row.request.subscription else {
            try await goods.save(
                ReturnHappening(
                    "return.subscription_not_named",
                    "No subscription is named with the return: nothing is cancelled.", dedupeKey: goods.row.key))
            return .reply(CancelReturnSubscription.Reply(byUs: false, nextChargeDate: nil))
        }
        return .effect(
            key: "subscription.cancel:\(goods.row.key)",
            Request(key: goods.row.key, subscription: subscription))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Outcome {
        switch request.subscription.provider {
        case RechargeSettings.provider: try await cancelAtRecharge(request, call)
        case StripeSettings.provider: try await cancelAtStripe(request, call)
        default: throw ProviderFailure.unknownSubscriptions(request.subscription.provider)
        }
    }

    private func cancelAtRecharge(_ request: Request, _ call: EffectCall) async throws -> Outcome {
        let client = try await accounts.recharge(call.workspaceID)
        let asked = request.subscription
        let present = try await client.subscription(asked.id)
        // WHY: an earlier sending may have cancelled it: then the date is in what it wrote.
        let note =
            CancellationNote(reading: present.cancellationComments, of: request.key)
            ?? CancellationNote(request.key, nextChargeDate: present.nextChargeDate, comment: asked.comment)
        let done = try await client.cancel(
            asked.id,
            RechargeCancellation(
                reason: asked.reason ?? "Product returned", comments: note.text, sendEmail: asked.notifyCustomer))
        return Outcome(reply: .init(byUs: done.byUs, nextChargeDate: note.nextChargeDate), isResumable: true)
    }

    private func cancelAtStripe(_ request: Request, _ call: EffectCall) async throws -> Outcome {
        let client = try await accounts.stripe(call.workspaceID)
        let asked = request.subscription
        let note = CancellationNote(request.key, nextChargeDate: nil, comment: asked.comment)
        let done = try await client.cancel(
            asked.id,
            StripeCancellation(
                at: asked.at == .now ? .now(invoice: false, prorate: false) : .periodEnd, comment: note.text,
                feedback: asked.reason.flatMap(StripeCancellation.Feedback.init(rawValue:))))
        return Outcome(
            reply: .init(byUs: done.byUs, nextChargeDate: nil), isResumable: done.subscription.canBeResumed)
    }

    func settle(
        _ outcome: Outcome, of request: Request, for command: CancelReturnSubscription,
        in transaction: HandlerTransaction
    ) async throws -> CancelReturnSubscription.Reply {
        let subscription = request.subscription
        var goods = try await ReturnCase.lock(command.returnID, in: transaction)
        if outcome.reply.byUs {
            let endsLater = subscription.provider == StripeSettings.provider && outcome.isResumable
            goods.row.subscriptionChange = endsLater ? .ending : .cancelled
        }
        try await goods.save(
            ReturnHappening(
                "return.subscription_cancelled", outcome.summary,
                externalRef: "\(subscription.provider):\(subscription.id)", dedupeKey: request.key))
        return outcome.reply
    }
}

extension CancelReturnSubscriptionHandler.Outcome {
    fileprivate var summary: String {
        guard reply.byUs else { return "The subscription was cancelled before: it is left as it is." }
        return isResumable
            ? "The subscription is cancelled; it can be taken up again." : "The subscription has ended for good."
    }
}

extension ProviderFailure {
    static func unknownSubscriptions(_ provider: String) -> ProviderFailure {
        .refused(
            code: "unknown_provider", message: "Subscriptions are at 'recharge' or 'stripe', not at '\(provider)'.")
    }
}
