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
}
