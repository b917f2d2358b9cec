import Foundation

/// What becomes of charges.
extension RechargeSimulator {
    func charge(_ id: Int?) throws -> RechargeCharge {
        guard let id, let charge = charges[id] else { throw Refusal.rechargeNotFound }
        return charge
    }

    mutating func skipCharge(_ call: Call) throws -> SimulatedResponse {
        try turn(call, from: .queued, to: .skipped)
    }

    mutating func unskipCharge(_ call: Call) throws -> SimulatedResponse {
        try turn(call, from: .skipped, to: .queued)
    }

    private mutating func turn(
        _ call: Call, from present: RechargeCharge.Status, to next: RechargeCharge.Status
    ) throws -> SimulatedResponse {
        var charge = try charge(call.id("id"))
        let fields = try Self.fields(call, ["purchase_item_ids"])
        let wanted = (fields.object["purchase_item_ids"]?.array ?? []).compactMap(\.int)
        guard !wanted.isEmpty else { throw Refusal.recharge(problem: "purchase_item_ids", .missing) }
        guard wanted.allSatisfy({ id in charge.items.contains { $0.id == id } }) else {
            throw Refusal.recharge(field: "purchase_item_ids", "The charge has no such item.")
        }
        guard charge.status == present else {
            throw Refusal.recharge(field: "status", "The charge is \(charge.status.rawValue).")
        }
        charge.status = next
        charges[charge.id] = charge
        announceItems(of: charge, next == .skipped ? "subscription/skipped" : "subscription/unskipped", call)
        return .json(["charge": charge.json()])
    }

    private mutating func announceItems(of charge: RechargeCharge, _ topic: String, _ call: Call) {
        for item in charge.items.compactMap({ subscriptions[$0.id] }) {
            announce(topic, ["subscription": json(item)], now: call.request.now)
        }
    }

    mutating func skipFutureCharge(_ call: Call) throws -> SimulatedResponse {
        let fields = try Self.fields(call, ["date", "subscription_ids", "purchase_item_ids"])
        let date = try fields.requiredText("date")
        let wanted = (fields.object["subscription_ids"] ?? fields.object["purchase_item_ids"])?.array ?? []
        let items = wanted.compactMap { $0.scalarText.flatMap { Int($0) } }.compactMap { subscriptions[$0] }
        guard let first = items.first, items.count == wanted.count,
            items.allSatisfy({ "\($0.addressID)" == call["id"] }),
            let customer = customers.first(where: { $0.id == first.customerID })
        else { throw Refusal.recharge(field: "subscription_ids", "Not subscriptions of this address.") }
        let charge = RechargeCharge(
            id: chargeNumber.take(), customerID: customer.id, email: customer.email, addressID: first.addressID,
            scheduledAt: date, currency: first.currency, items: items, status: .skipped)
        charges[charge.id] = charge
        chargeIDs.append(charge.id)
        announceItems(of: charge, "subscription/skipped", call)
        return .json(["charge": charge.json()])
    }

    mutating func refundCharge(_ call: Call) throws -> SimulatedResponse {
        var charge = try charge(call.id("id"))
        let fields = try Self.fields(call, ["amount", "full_refund", "retry"])
        guard [.success, .partiallyRefunded].contains(charge.status) else {
            throw Refusal.recharge(field: "status", "The charge is \(charge.status.rawValue).")
        }
        let rest = charge.total - charge.refunded
        let amount: Decimal
        if try fields.flag("full_refund") == true {
            amount = rest
        } else {
            guard let given = Decimal(exactly: try fields.requiredText("amount")), given > 0 else {
                throw Refusal.recharge(field: "amount", "Not a valid number.")
            }
            amount = given
        }
        guard amount <= rest else {
            throw Refusal.recharge(field: "amount", "Refund amount is greater than what is left of the charge.")
        }
        charge.refunded += amount
        charge.status = charge.refunded == charge.total ? .refunded : .partiallyRefunded
        charges[charge.id] = charge
        refunds.append([
            "charge_id": .int(charge.id), "amount": .string(amount.fixed(2)),
            "created_at": .string(Timestamps.utc(call.request.now)),
        ])
        announce("charge/refunded", ["charge": charge.json()], now: call.request.now)
        return .json(["charge": charge.json()])
    }
}
