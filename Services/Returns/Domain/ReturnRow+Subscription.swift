import Commerce
import Contracts
import Messaging
import Providers

extension ReturnRow {
    /// What becomes of the subscription that is named with it: what was asked for, else what the policy says.
    var subscriptionAction: SubscriptionAction {
        if let asked = request.askedOfSubscription { return asked }
        return request.subscription == nil ? .keep : decision.subscription ?? .keep
    }

    /// How a charge of its subscription is put off; nil where none is.
    func chargeDelay(under policy: ReturnPolicy) -> ReturnPlan.ChargeDelay? {
        switch subscriptionAction {
        case .keep, .cancel: nil
        case .skipNext: .skip
        case .pause: .pause(days: max(1, (policy.subscriptionPause ?? .days(365)).wholeSeconds / 86_400))
        }
    }

    /// The subscription that a charge is put off of. Failure: a ``Refusal`` where there is none, or none that lets it.
    func subscriptionToPutOff() throws(Refusal) -> ReturnRequest.Subscription {
        guard let subscription = request.subscription else {
            throw Refusal(code: "no_subscription", message: "No subscription is named with the return.")
        }
        try subscription.checkPutsOff()
        return subscription
    }
}

extension ReturnRequest.Subscription {
    /// Failure: a ``Refusal`` where its provider is asked for nothing but cancellations.
    func checkPutsOff() throws(Refusal) {
        guard provider == RechargeSettings.provider else {
            throw Refusal(
                code: "unsupported_action",
                message: "A subscription at '\(provider)' can be cancelled, and neither skipped nor paused.",
                field: "subscription_action")
        }
    }

    /// Failure: a ``Refusal`` with what its provider cannot do of how it is to be cancelled.
    func checkCancellation() throws(Refusal) {
        guard (comment?.count ?? 0) <= Self.commentCharactersMax else {
            throw wrong("comment", "It must be at most \(Self.commentCharactersMax) characters.")
        }
        switch provider {
        case RechargeSettings.provider:
            guard reason?.allSatisfy(\.isWhitespace) != true else { throw wrong("reason", "It says nothing.") }
            guard at != .periodEnd else {
                throw wrong("at", "Recharge ends a subscription at once, and with no period: leave it out.")
            }
        case StripeSettings.provider:
            let known = StripeCancellation.Feedback.allCases.map(\.rawValue)
            guard reason.map({ known.contains($0) }) != false else {
                throw wrong("reason", "To Stripe a reason is one of: \(known.joined(separator: ", ")).")
            }
            guard notifyCustomer == nil else {
                throw wrong("notify_customer", "Whether Stripe mails the customer is in its own settings.")
            }
        default: break
        }
    }

    private func wrong(_ member: String, _ message: String) -> Refusal {
        Refusal(code: "unsupported_cancellation", message: message, field: "subscription.\(member)")
    }
}
