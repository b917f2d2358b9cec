import Commerce

extension ShopifyClient {
    /// What the locations are to ship of an order. Empty also when the token lacks the scope.
    public func fulfillmentOrders(of order: ShopifyID) async throws(ProviderFailure) -> [ShopifyFulfillmentOrder] {
        let request = rest("GET", "orders/\(order.pathSegment)/fulfillment_orders.json")
        return try await send(request, .read, as: FulfillmentOrdersAnswer.self).fulfillmentOrders
    }

    /// Every fulfilment of an order, also cancelled ones.
    public func fulfillments(of order: ShopifyID) async throws(ProviderFailure) -> [ShopifyFulfillment] {
        let request = rest("GET", "orders/\(order.pathSegment)/fulfillments.json")
        return try await send(request, .read, as: FulfillmentsAnswer.self).fulfillments
    }

    /// The probe after a lost answer: the fulfilments in force that carry the tracking number.
    public func fulfillments(
        of order: ShopifyID, trackingNumber: String
    ) async throws(ProviderFailure) -> [ShopifyFulfillment] {
        try await fulfillments(of: order).filter { $0.isInForce && $0.trackingNumbers.contains(trackingNumber) }
    }

    /// What of an order is open, and what the package's number has taken already. Read once, right before
    /// ``fulfill(_:from:)``.
    ///
    /// Where no unit of the order was ever fulfilled there is nothing more to ask for: of the shop's few calls a second,
    /// such a package takes one less.
    public func fulfillmentState(
        of order: ShopifyID, trackingNumber: String
    ) async throws(ProviderFailure) -> ShopifyFulfillmentState {
        let orders = try await fulfillmentOrders(of: order)
        if !orders.isEmpty, orders.allSatisfy(\.isUntouched) {
            return ShopifyFulfillmentState(orders: orders, present: [])
        }
        let present = try await fulfillments(of: order, trackingNumber: trackingNumber)
        return ShopifyFulfillmentState(orders: orders, present: present)
    }

    /// Tells the shop that a package has left. Keyed by the tracking number: what the shop already has under that
    /// number is not created again.
    ///
    /// Returns every fulfilment with the number. Failure: `refused` when units are not open for fulfilment;
    /// `unknownOutcome` after a lost answer, and then the same may be done with a new state once the settle time has
    /// passed.
    public func fulfill(
        _ package: ShopifyPackage, from state: ShopifyFulfillmentState
    ) async throws(ProviderFailure) -> [ShopifyFulfillment] {
        guard let items = ShopifyFulfillmentPlan.remaining(package, after: state.present) else { return state.present }
        let plan = try ShopifyFulfillmentPlan(items, from: state.orders, at: settings.locationID)
        var created: [ShopifyFulfillment] = []
        for part in plan.parts { created.append(try await create(part, for: package)) }
        return state.present + created
    }

    private func create(
        _ part: [ShopifyFulfillmentPlan.Allocation], for package: ShopifyPackage
    ) async throws(ProviderFailure) -> ShopifyFulfillment {
        let body = try ProviderJSON.encode(ShopifyFulfillmentRequest(part, package))
        let request = rest("POST", "fulfillments.json", body: body)
        return try await send(request, .write, as: FulfillmentAnswer.self).fulfillment
    }
}

/// An order's fulfilment in the shop, as it was read for one package.
public struct ShopifyFulfillmentState: Sendable {
    public let orders: [ShopifyFulfillmentOrder]
    /// The fulfilments in force that carry the package's tracking number.
    public let present: [ShopifyFulfillment]
}

private struct FulfillmentOrdersAnswer: Decodable {
    let fulfillmentOrders: [ShopifyFulfillmentOrder]

    private enum CodingKeys: String, CodingKey { case fulfillmentOrders = "fulfillment_orders" }
}

private struct FulfillmentsAnswer: Decodable {
    let fulfillments: [ShopifyFulfillment]
}

private struct FulfillmentAnswer: Decodable {
    let fulfillment: ShopifyFulfillment
}
