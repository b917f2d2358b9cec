import Commerce

extension RechargeClient {
    public func customers(email: String) async throws(ProviderFailure) -> [RechargeCustomer] {
        try await all("customers", query: [("email", email)], as: CustomerPage.self)
    }

    /// - Parameter status: `active`, `cancelled` or `expired`; nil for all.
    public func subscriptions(
        customerID: String, status: String? = nil
    ) async throws(ProviderFailure) -> [RechargeSubscription] {
        var query = [("customer_id", customerID)]
        if let status { query.append(("status", status)) }
        return try await all("subscriptions", query: query, as: RechargeSubscriptionPage.self)
    }

    /// The active subscriptions of everybody with this address.
    public func activeSubscriptions(email: String) async throws(ProviderFailure) -> [RechargeSubscription] {
        var found: [RechargeSubscription] = []
        for customer in try await customers(email: email) {
            found += try await subscriptions(customerID: customer.id, status: "active")
        }
        return found
    }

    /// Failure: `refused("not_found")` when there is none.
    public func subscription(_ id: String) async throws(ProviderFailure) -> RechargeSubscription {
        try await get(Self.path(id), as: RechargeSubscriptionAnswer.self).subscription
    }

    /// Cancels a subscription; one that is cancelled already is left as it is. May be called again after a lost answer.
    ///
    /// Failure: `refused` in Recharge's words.
    public func cancel(
        _ id: String, _ cancellation: RechargeCancellation
    ) async throws(ProviderFailure) -> RechargeCancelled {
        guard cancellation.comments.count <= RechargeCancellation.commentsMax, !cancellation.reason.isEmpty else {
            throw .refused(
                code: "cancellation",
                message: "A cancellation has a reason, and comments of at most \(RechargeCancellation.commentsMax).")
        }
        let present = try await subscription(id)
        guard present.status == .active else { return Self.cancelled(present, cancellation, planned: nil) }
        var body = cancellation
        body.sendEmail = cancellation.sendEmail ?? settings.sendEmail
        do {
            let answer: RechargeSubscriptionAnswer = try await write("POST", "\(Self.path(id))/cancel", body)
            return Self.cancelled(answer.subscription, cancellation, planned: present.nextChargeDate)
        } catch {
            // WHY: refused also when another request has cancelled it meanwhile.
            guard case .refused = error else { throw error }
            let now = try await subscription(id)
            guard now.status != .active else { throw error }
            return Self.cancelled(now, cancellation, planned: present.nextChargeDate)
        }
    }

    private static func cancelled(
        _ subscription: RechargeSubscription, _ cancellation: RechargeCancellation, planned: String?
    ) -> RechargeCancelled {
        RechargeCancelled(
            subscription: subscription, byUs: subscription.cancellationComments == cancellation.comments,
            plannedChargeDate: planned)
    }

    /// Makes a cancelled subscription active again; an active one is left as it is. May be called again after a lost
    /// answer.
    ///
    /// - Parameter date: `YYYY-MM-DD` of its next charge, which a cancellation forgets; nil leaves it to Recharge.
    public func activate(
        _ id: String, nextChargeDate date: String? = nil
    ) async throws(ProviderFailure) -> RechargeSubscription {
        var present = try await subscription(id)
        if present.status != .active { present = try await activated(id) }
        guard let date, present.nextChargeDate != date else { return present }
        return try await setNextChargeDate(id, date)
    }

    private func activated(_ id: String) async throws(ProviderFailure) -> RechargeSubscription {
        let empty: [String: String] = [:]
        do {
            let answer: RechargeSubscriptionAnswer = try await write("POST", "\(Self.path(id))/activate", empty)
            return answer.subscription
        } catch {
            // WHY: refused also when another request has activated it meanwhile.
            guard case .refused = error else { throw error }
            let now = try await subscription(id)
            guard now.status == .active else { throw error }
            return now
        }
    }

    /// Moves the next charge; far ahead it is a pause, for which Recharge has no call of its own.
    /// - Parameter date: `YYYY-MM-DD`.
    public func setNextChargeDate(
        _ id: String, _ date: String
    ) async throws(ProviderFailure) -> RechargeSubscription {
        let answer: RechargeSubscriptionAnswer = try await write(
            "POST", "\(Self.path(id))/set_next_charge_date", ["date": date])
        return answer.subscription
    }

    /// Changes what is delivered. The queued charge follows a little later: read it before telling the customer.
    public func change(_ id: String, _ change: RechargeChange) async throws(ProviderFailure) -> RechargeSubscription {
        let answer: RechargeSubscriptionAnswer = try await write("PUT", Self.path(id), change)
        return answer.subscription
    }

    private static func path(_ id: String) -> String { "subscriptions/\(PercentEncoding.encode(id))" }
}

public struct RechargeCustomer: Sendable, Equatable, Decodable {
    public let id: String
    public let email: String?

    private enum CodingKeys: CodingKey { case id, email }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(DecimalText.self, forKey: .id).text
        email = try container.nonEmptyText(.email)
    }
}

/// What to change of a subscription; what is nil stays.
public struct RechargeChange: Encodable, Sendable, Equatable {
    private struct Variant: Encodable, Equatable {
        let ecommerce: String
    }

    private var variant: Variant?
    public var quantity: Int?
    public var price: DecimalText?
    private var useShopifyVariantDefaults: Bool?

    /// - Parameter variantID: the shop's id of another variant; its title, SKU and price are taken from the shop.
    public init(variantID: String? = nil, quantity: Int? = nil, price: DecimalText? = nil) {
        variant = variantID.map(Variant.init)
        self.quantity = quantity
        self.price = price
        useShopifyVariantDefaults = variantID == nil ? nil : true
    }

    private enum CodingKeys: String, CodingKey {
        case quantity, price
        case variant = "external_variant_id"
        case useShopifyVariantDefaults = "use_shopify_variant_defaults"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(variant, forKey: .variant)
        try container.encodeIfPresent(quantity, forKey: .quantity)
        // WHY: money is a text here.
        try container.encodeIfPresent(price?.text, forKey: .price)
        try container.encodeIfPresent(useShopifyVariantDefaults, forKey: .useShopifyVariantDefaults)
    }
}

private struct CustomerPage: RechargePage {
    let elements: [RechargeCustomer]
    let next: String?

    private enum CodingKeys: String, CodingKey {
        case elements = "customers"
        case next = "next_cursor"
    }
}
