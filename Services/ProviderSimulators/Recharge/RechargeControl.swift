import Foundation

/// What happens in the store: customers subscribe, charges are taken.
extension RechargeSimulator {
    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        Self.controls.answer(request, &self)
    }

    private static let controls = RouteTable<RechargeSimulator>([
        Route("POST", "subscriptions") { try $0.subscribe($1) },
        Route("POST", "charges/{id}/process") { try $0.process($1) },
    ])

    /// `{"email","sku","price":"24.90","quantity":1,"next_charge_date":"2026-04-01"}`, all optional.
    private mutating func subscribe(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        let price = body["price"].isNull ? Decimal(exactly: "24.90") : body["price"].decimal
        guard let price, price >= 0 else { throw Self.problem(422, "price must be an amount such as \"24.90\".") }
        let quantity = body["quantity"].isNull ? 1 : body["quantity"].int
        guard let quantity, quantity > 0 else { throw Self.problem(422, "quantity must be a whole number above zero.") }
        let customer = customer(body["email"].string ?? "ana@example.com")
        let id = subscriptionNumber.take()
        let usual = Timestamps.day(
            call.request.now.addingTimeInterval(28 * 86_400), in: RechargeSubscription.zone)
        let subscription = RechargeSubscription(
            id: id, customerID: customer.id, addressID: customer.addressID, createdAt: call.request.now,
            updatedAt: call.request.now, sku: body["sku"].string ?? "MIE-ROBE-S",
            title: body["product_title"].string ?? "Silk robe refill", variantID: "39511204446277",
            quantity: quantity, price: price, currency: body["currency"].string ?? "USD",
            nextCharge: body["next_charge_date"].string ?? usual)
        subscriptions[id] = subscription
        subscriptionIDs.append(id)
        planCharge(of: subscription)
        announce("subscription/created", ["subscription": json(subscription)], now: call.request.now)
        return .json(json(subscription), status: 201)
    }

    private mutating func customer(_ email: String) -> Customer {
        if let known = customers.first(where: { $0.email.lowercased() == email.lowercased() }) { return known }
        let customer = Customer(id: customerNumber.take(), email: email, addressID: addressNumber.take())
        customers.append(customer)
        return customer
    }

    /// Takes a queued charge: `{"order_id":"5678901234567"}` names the shop's order of it, where there is one.
    private mutating func process(_ call: Call) throws -> SimulatedResponse {
        guard let id = call.id("id"), var charge = charges[id], charge.status == .queued else {
            throw Self.problem(404, "There is no queued charge \(call["id"]).")
        }
        charge.status = .success
        charge.processedAt = call.request.now
        charge.orderID = call.request.json["order_id"].scalarText
        charges[id] = charge
        announce("charge/paid", ["charge": charge.json()], now: call.request.now)
        return .json(charge.json())
    }

    private static func problem(_ status: Int, _ detail: String) -> Refusal {
        Refusal(response: .problem(status, detail))
    }
}
