import Commerce
import HTTPTransport

extension StripeClient {
    /// Failure: `refused("resource_missing")` when there is none.
    public func subscription(_ id: String) async throws(ProviderFailure) -> StripeSubscription {
        try await get(Self.path("subscriptions", id))
    }

    /// Cancels a subscription; one that is cancelled already, now or with its period, is left as it is.
    ///
    /// May be called again after a lost answer. Only what `byUs` says may be undone: a subscription that was cancelled
    /// before stays cancelled.
    public func cancel(
        _ id: String, _ cancellation: StripeCancellation
    ) async throws(ProviderFailure) -> StripeCancelled {
        let present = try await subscription(id)
        if present.isEnded { return StripeCancelled(present, cancellation) }
        switch cancellation.time {
        case .periodEnd where present.endsWithPeriod:
            return StripeCancelled(present, cancellation)
        case .periodEnd:
            return StripeCancelled(try await update(id, cancellation.form), cancellation)
        case .now:
            return StripeCancelled(try await end(id, cancellation.form), cancellation)
        }
    }

    /// Takes back a cancellation with the end of the period. Idempotent.
    ///
    /// Failure: `refused("subscription_ended")` when the subscription is over: only a new one can follow it.
    public func resume(_ id: String) async throws(ProviderFailure) -> StripeSubscription {
        let present = try await subscription(id)
        guard !present.isEnded else {
            throw .refused(code: "subscription_ended", message: "The subscription \(id) has ended and cannot go on.")
        }
        guard present.endsWithPeriod else { return present }
        return try await update(id, StripeForm([("cancel_at_period_end", "false")]))
    }

    /// WHY: no idempotency key: the state asked for is the same however often it is set, while a key would replay the
    /// answer of an earlier cancellation after it was taken back.
    private func update(_ id: String, _ form: StripeForm) async throws(ProviderFailure) -> StripeSubscription {
        let request = request("POST", Self.path("subscriptions", id), form)
        return try await link.send(request, .write, as: StripeSubscription.self)
    }

    private func end(_ id: String, _ form: StripeForm) async throws(ProviderFailure) -> StripeSubscription {
        do {
            let request = request("DELETE", Self.path("subscriptions", id), form)
            return try await link.send(request, .write, as: StripeSubscription.self)
        } catch {
            // WHY: an earlier request has ended it; Stripe no longer knows it for this call.
            guard case .refused("resource_missing", _) = error else { throw error }
            let present = try await subscription(id)
            guard present.isEnded else { throw error }
            return present
        }
    }
}

/// A subscription that is cancelled, and whether by this cancellation.
public struct StripeCancelled: Sendable, Equatable {
    public let subscription: StripeSubscription
    public let byUs: Bool

    init(_ subscription: StripeSubscription, _ cancellation: StripeCancellation) {
        self.subscription = subscription
        byUs = subscription.cancellationComment == cancellation.comment
    }
}
