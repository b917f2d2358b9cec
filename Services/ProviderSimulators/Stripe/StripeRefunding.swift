import Foundation

/// Giving money back.
extension StripeSimulator {
    private static let reasons: Set<String> = ["duplicate", "fraudulent", "requested_by_customer"]

    func charge(_ id: String, param: String = "id") throws -> StripeCharge {
        guard let charge = charges[id] else { throw Refusal.stripeMissing("charge", id, param: param) }
        return charge
    }

    func charge(ofIntent id: String, param: String = "intent") throws -> StripeCharge {
        guard let charge = charges.values.first(where: { $0.paymentIntentID == id }) else {
            throw Refusal.stripeMissing("payment_intent", id, param: param)
        }
        return charge
    }

    func refund(_ id: String) throws -> StripeRefund {
        guard let refund = refunds[id] else { throw Refusal.stripeMissing("refund", id) }
        return refund
    }

    mutating func createRefund(_ call: Call) throws -> SimulatedResponse {
        let given = try StripeParameters(
            call.request,
            known: [
                "charge", "payment_intent", "amount", "reason", "metadata[*]", "refund_application_fee",
                "reverse_transfer", "instructions_email", "currency", "customer", "origin", "expand[*]", "expand[]",
            ])
        let charge = try source(given)
        let amount = try amount(given, of: charge)
        let refund = StripeRefund(
            id: newID("re"), charge: charge, amount: amount, createdAt: call.request.now,
            reason: try given.choice("reason", of: Self.reasons), metadata: try given.metadata,
            status: StripeRefund.Status(rawValue: charge.refundOutcome) ?? .succeeded)
        enter(refund, now: call.request.now)
        return .json(refund.json())
    }

    private func source(_ given: StripeParameters) throws -> StripeCharge {
        switch (given["charge"], given["payment_intent"]) {
        case (let id?, nil): return try charge(id, param: "charge")
        case (nil, let id?): return try charge(ofIntent: id, param: "payment_intent")
        case (.some, .some):
            throw Refusal.stripe(400, "You may only specify one of these parameters: charge, payment_intent.")
        case (nil, nil):
            throw Refusal.stripe(
                400, code: "parameter_missing", param: "charge", "One of charge or payment_intent must be given.")
        }
    }

    private func amount(_ given: StripeParameters, of charge: StripeCharge) throws -> Int {
        let more = JSONObject([("charge", .string(charge.id))])
        guard charge.isCaptured else {
            throw Refusal.stripe(
                400, "This PaymentIntent (\(charge.paymentIntentID)) has not been captured: cancel it instead.", more)
        }
        guard !charge.isDisputed else {
            throw Refusal.stripe(400, code: "charge_disputed", "Charge \(charge.id) has been charged back.", more)
        }
        guard charge.unrefunded > 0 else {
            throw Refusal.stripe(
                400, code: "charge_already_refunded", "Charge \(charge.id) has already been refunded.", more)
        }
        let amount = try given.whole("amount") ?? charge.unrefunded
        guard amount > 0 else { throw Refusal.stripeInvalid("amount", "integer") }
        guard amount <= charge.unrefunded else {
            throw Refusal.stripe(
                400, param: "amount",
                "Refund amount (\(amount)) is greater than unrefunded amount on charge (\(charge.unrefunded))", more)
        }
        return amount
    }

    private mutating func enter(_ refund: StripeRefund, now: Date) {
        refunds[refund.id] = refund
        refundIDs.append(refund.id)
        recount(refund.charge.id)
        announce("refund.created", refund.json(), now: now)
        if let charge = charges[refund.charge.id], refund.status.counts {
            announce("charge.refunded", charge.json(), now: now)
        }
    }

    mutating func recount(_ chargeID: String) {
        charges[chargeID]?.refunded =
            refunds.values.filter { $0.charge.id == chargeID && $0.status.counts }.map(\.amount).reduce(0, +)
    }

    func listRefunds(_ call: Call) throws -> SimulatedResponse {
        let given = try StripeParameters(
            call.request,
            known: [
                "charge", "payment_intent", "limit", "starting_after", "ending_before", "created[*]", "expand[*]",
                "expand[]",
            ])
        let found = refundIDs.reversed().compactMap { refunds[$0] }.filter { refund in
            (given["charge"].map { $0 == refund.charge.id } ?? true)
                && (given["payment_intent"].map { $0 == refund.charge.paymentIntentID } ?? true)
        }
        let page = try Self.page(found.map { ($0.id, Int($0.createdAt.timeIntervalSince1970), $0.json()) }, given)
        return .json(page.json(url: "/v1/refunds"))
    }

    mutating func updateRefund(_ call: Call) throws -> SimulatedResponse {
        var refund = try refund(call["id"])
        let given = try StripeParameters(call.request, known: ["metadata[*]", "expand[*]", "expand[]"])
        refund.metadata = refund.metadata.merging(try given.metadata)
        for (key, value) in refund.metadata.members where value == "" { refund.metadata[key] = nil }
        refunds[refund.id] = refund
        announce("refund.updated", refund.json(), now: call.request.now)
        return .json(refund.json())
    }

    mutating func cancelRefund(_ call: Call) throws -> SimulatedResponse {
        let refund = try refund(call["id"])
        _ = try StripeParameters(call.request, known: ["expand[*]", "expand[]"])
        guard refund.status == .requiresAction else {
            throw Refusal.stripe(
                400, "Refund \(refund.id) has the status \(refund.status.rawValue) and cannot be canceled.")
        }
        settle(refund.id, .canceled, failureReason: nil, now: call.request.now)
        return .json(try self.refund(refund.id).json())
    }

    /// A refund comes to its end, or a success is taken back.
    mutating func settle(_ id: String, _ status: StripeRefund.Status, failureReason: String?, now: Date) {
        refunds[id]?.status = status
        refunds[id]?.failureReason = failureReason
        guard let refund = refunds[id] else { return }
        recount(refund.charge.id)
        announce("refund.updated", refund.json(), now: now)
        if status == .failed { announce("refund.failed", refund.json(), now: now) }
    }
}
