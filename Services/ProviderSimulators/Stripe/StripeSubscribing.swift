import Foundation

/// Subscriptions and their ends.
extension StripeSimulator {
    private static let feedbacks: Set<String> = [
        "customer_service", "low_quality", "missing_features", "other", "switched_service", "too_complex",
        "too_expensive", "unused",
    ]
    private static let details: Set<String> = ["cancellation_details[comment]", "cancellation_details[feedback]"]

    func subscription(_ id: String) throws -> StripeSubscription {
        guard let subscription = subscriptions[id] else { throw Refusal.stripeMissing("subscription", id) }
        return subscription
    }

    func listSubscriptions(_ call: Call) throws -> SimulatedResponse {
        let given = try StripeParameters(
            call.request,
            known: ["customer", "status", "limit", "starting_after", "ending_before", "created[*]", "expand[]"])
        // Without a status the ended ones are left out.
        let found = subscriptionIDs.reversed().compactMap { subscriptions[$0] }.filter { subscription in
            (given["customer"].map { $0 == subscription.customer } ?? true)
                && (given["status"].map { $0 == "all" || $0 == subscription.status } ?? !subscription.isEnded)
        }
        let page = try Self.page(found.map { ($0.id, Int($0.createdAt.timeIntervalSince1970), $0.json()) }, given)
        return .json(page.json(url: "/v1/subscriptions"))
    }

    mutating func updateSubscription(_ call: Call) throws -> SimulatedResponse {
        var subscription = try subscription(call["id"])
        let given = try StripeParameters(
            call.request, known: Self.details.union(["cancel_at_period_end", "metadata[*]", "expand[]"]))
        guard !subscription.isEnded else {
            throw Refusal.stripe(
                400, "A canceled subscription can only update its cancellation_details and metadata.")
        }
        if let ends = try given.flag("cancel_at_period_end") {
            subscription.endsWithPeriod = ends
            subscription.cancelledAt = ends ? call.request.now : nil
            if !ends { (subscription.comment, subscription.feedback) = (nil, nil) }
        }
        try Self.explain(&subscription, given)
        subscription.metadata = subscription.metadata.merging(try given.metadata)
        subscriptions[subscription.id] = subscription
        announce("customer.subscription.updated", subscription.json(), now: call.request.now)
        return .json(subscription.json())
    }

    mutating func endSubscription(_ call: Call) throws -> SimulatedResponse {
        var subscription = try subscription(call["id"])
        let given = try StripeParameters(
            call.request, known: Self.details.union(["invoice_now", "prorate", "expand[]"]))
        for name in ["invoice_now", "prorate"] { _ = try given.flag(name) }
        // It no longer knows the ended one for this call.
        guard !subscription.isEnded else { throw Refusal.stripeMissing("subscription", subscription.id) }
        try Self.explain(&subscription, given)
        end(subscription, now: call.request.now)
        return .json(try self.subscription(subscription.id).json())
    }

    mutating func end(_ subscription: StripeSubscription, now: Date) {
        var ended = subscription
        ended.status = "canceled"
        ended.cancelledAt = subscription.cancelledAt ?? now
        ended.endedAt = now
        ended.endsWithPeriod = false
        subscriptions[ended.id] = ended
        announce("customer.subscription.deleted", ended.json(), now: now)
    }

    private static func explain(_ subscription: inout StripeSubscription, _ given: StripeParameters) throws {
        if let comment = given["cancellation_details[comment]"] { subscription.comment = comment }
        if let feedback = try given.choice("cancellation_details[feedback]", of: feedbacks) {
            subscription.feedback = feedback
        }
    }
}
