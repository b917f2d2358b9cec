import Foundation

/// The life of a subscription.
extension RechargeSimulator {
    private static let commentsMax = 1024

    func subscription(_ id: Int?) throws -> RechargeSubscription {
        guard let id, let subscription = subscriptions[id] else { throw Refusal.rechargeNotFound }
        return subscription
    }

    mutating func cancelSubscription(_ call: Call) throws -> SimulatedResponse {
        var subscription = try subscription(call.id("id"))
        let fields = try Self.fields(
            call, ["cancellation_reason", "cancellation_reason_comments", "send_email"])
        let reason = try fields.requiredText("cancellation_reason")
        let comments = try fields.text("cancellation_reason_comments", max: Self.commentsMax)
        _ = try fields.flag("send_email")
        guard subscription.status == .active else {
            throw Refusal.recharge(field: "status", "The subscription is already \(subscription.status.rawValue).")
        }
        subscription.status = .cancelled
        subscription.cancelledAt = call.request.now
        subscription.reason = reason
        subscription.comments = comments
        subscription.nextCharge = nil
        return try save(subscription, "subscription/cancelled", call)
    }

    mutating func activateSubscription(_ call: Call) throws -> SimulatedResponse {
        var subscription = try subscription(call.id("id"))
        _ = try Self.fields(call, [])
        guard subscription.status != .active else {
            throw Refusal.recharge(field: "status", "The subscription is already active.")
        }
        subscription.status = .active
        subscription.cancelledAt = nil
        subscription.reason = nil
        subscription.comments = nil
        subscription.nextCharge = Timestamps.day(
            call.request.now.addingTimeInterval(30 * 86_400), in: RechargeSubscription.zone)
        return try save(subscription, "subscription/activated", call)
    }

    mutating func moveNextCharge(_ call: Call) throws -> SimulatedResponse {
        var subscription = try subscription(call.id("id"))
        let fields = try Self.fields(call, ["date"])
        let date = try fields.requiredText("date")
        guard Timestamps.parse(date, zone: RechargeSubscription.zone) != nil, date.count == 10 else {
            throw Refusal.recharge(field: "date", "Not a valid date.")
        }
        guard date >= Timestamps.day(call.request.now, in: RechargeSubscription.zone) else {
            throw Refusal.recharge(field: "date", "The date lies in the past.")
        }
        guard subscription.status == .active else {
            throw Refusal.recharge(field: "status", "The subscription is not active.")
        }
        subscription.nextCharge = date
        return try save(subscription, "subscription/updated", call)
    }

    mutating func changeSubscription(_ call: Call) throws -> SimulatedResponse {
        var subscription = try subscription(call.id("id"))
        let fields = try Self.fields(
            call,
            ["external_variant_id", "quantity", "price", "use_shopify_variant_defaults", "commit", "force_update"])
        if let variant = try fields.nested("external_variant_id") {
            try variant.allow(["ecommerce"])
            subscription.variantID = try variant.requiredText("ecommerce")
        }
        if let quantity = try fields.whole("quantity") {
            guard quantity > 0 else { throw Refusal.recharge(field: "quantity", "Must be greater than 0.") }
            subscription.quantity = quantity
        }
        if let text = try fields.text("price") {
            guard let price = Decimal(exactly: text), price >= 0 else {
                throw Refusal.recharge(field: "price", "Not a valid number.")
            }
            subscription.price = price
        }
        for name in ["use_shopify_variant_defaults", "commit", "force_update"] { _ = try fields.flag(name) }
        return try save(subscription, "subscription/updated", call)
    }

    mutating func changeAddress(_ call: Call) throws -> SimulatedResponse {
        var subscription = try subscription(call.id("id"))
        let fields = try Self.fields(call, ["address_id", "next_charge_scheduled_at"])
        guard let address = try fields.whole("address_id") else {
            throw Refusal.recharge(problem: "address_id", .missing)
        }
        subscription.addressID = address
        if let date = try fields.text("next_charge_scheduled_at") { subscription.nextCharge = date }
        return try save(subscription, "subscription/updated", call)
    }

    /// Stores it, plans its next charge anew and tells.
    private mutating func save(
        _ subscription: RechargeSubscription, _ topic: String, _ call: Call
    ) throws -> SimulatedResponse {
        var saved = subscription
        saved.updatedAt = call.request.now
        subscriptions[saved.id] = saved
        planCharge(of: saved)
        announce(topic, ["subscription": json(saved)], now: call.request.now)
        return try answer(saved, call)
    }

    func queuedCharges(of subscriptionID: Int) -> [RechargeCharge] {
        charges.values.filter { charge in
            charge.status == .queued && charge.items.contains { $0.id == subscriptionID }
        }
    }

    /// The queued charge follows what the subscription says.
    mutating func planCharge(of subscription: RechargeSubscription) {
        for charge in queuedCharges(of: subscription.id) {
            charges[charge.id] = nil
            chargeIDs.removeAll { $0 == charge.id }
        }
        guard subscription.status == .active, let date = subscription.nextCharge,
            let customer = customers.first(where: { $0.id == subscription.customerID })
        else { return }
        let id = chargeNumber.take()
        charges[id] = RechargeCharge(
            id: id, customerID: customer.id, email: customer.email, addressID: subscription.addressID,
            scheduledAt: date, currency: subscription.currency, items: [subscription])
        chargeIDs.append(id)
    }
}
