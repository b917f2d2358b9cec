import Commerce
import Foundation

extension RechargeClient {
    /// - Parameters:
    ///   - status: e.g. `queued`; nil for all.
    ///   - from: `YYYY-MM-DD` of the first day of charges to list.
    public func charges(
        customerID: String, status: String? = nil, from: String? = nil
    ) async throws(ProviderFailure) -> [RechargeCharge] {
        var query = [("customer_id", customerID)]
        if let status { query.append(("status", status)) }
        if let from { query.append(("scheduled_at_min", from)) }
        return try await all("charges", query: query, as: ChargePage.self)
    }

    /// Failure: `refused("not_found")` when there is none.
    public func charge(_ id: String) async throws(ProviderFailure) -> RechargeCharge {
        try await get(Self.path(id), as: ChargeAnswer.self).charge
    }

    /// Leaves these subscriptions out of a queued charge; a charge that is skipped already is left as it is.
    ///
    /// Failure: `refused` for a charge that is no longer queued.
    public func skip(_ chargeID: String, subscriptions: [String]) async throws(ProviderFailure) -> RechargeCharge {
        try await turn(chargeID, "skip", subscriptions, isDone: { $0.status == "skipped" })
    }

    /// Takes a skip back; a charge that is queued is left as it is.
    public func unskip(_ chargeID: String, subscriptions: [String]) async throws(ProviderFailure) -> RechargeCharge {
        try await turn(chargeID, "unskip", subscriptions, isDone: { $0.status == "queued" })
    }

    private func turn(
        _ id: String, _ verb: String, _ subscriptions: [String], isDone: (RechargeCharge) -> Bool
    ) async throws(ProviderFailure) -> RechargeCharge {
        let present = try await charge(id)
        guard !isDone(present) else { return present }
        let items = ["purchase_item_ids": subscriptions.map { DecimalText($0) }]
        let answer: ChargeAnswer = try await write("POST", "\(Self.path(id))/\(verb)", items)
        return answer.charge
    }

    /// Skips a delivery of a later day, for which there is no charge yet.
    /// - Parameter date: `YYYY-MM-DD`.
    public func skip(
        day date: String, ofAddress addressID: String, subscriptions: [String]
    ) async throws(ProviderFailure) -> RechargeCharge {
        let answer: ChargeAnswer = try await write(
            "POST", "addresses/\(PercentEncoding.encode(addressID))/charges/skip",
            FutureSkip(date: date, subscriptions: subscriptions))
        return answer.charge
    }

    /// Gives money of a charge back, once: what was refunded before tells whether an earlier request has landed.
    ///
    /// May be called again, with the same `before`, after `unknownOutcome` once the settle time has passed.
    /// - Parameters:
    ///   - amount: as the charge's currency writes it, `24.90`.
    ///   - before: the charge's `refunded` when the refund was decided.
    ///
    /// Failure: `refused("refund_in_shop")` for a charge that has an order in the shop: the customer would be paid
    /// twice; `refused("charge_changed")` when another refund came between.
    public func refund(
        _ chargeID: String, amount: DecimalText, before: DecimalText
    ) async throws(ProviderFailure) -> RechargeCharge {
        let present = try await charge(chargeID)
        if present.shopOrderID != nil {
            throw .refused(
                code: "refund_in_shop", message: "The charge \(chargeID) has an order: refund it in the shop.")
        }
        guard let after = DecimalText.sum([before, amount]), let amountValue = amount.decimal, amountValue > 0 else {
            throw .refused(code: "amount", message: "The amount of the refund is no amount above zero.")
        }
        if present.refunded.decimal == after.decimal { return present }
        guard present.refunded.decimal == before.decimal else {
            throw .refused(code: "charge_changed", message: "Another refund of the charge \(chargeID) came between.")
        }
        let answer: ChargeAnswer = try await write("POST", "\(Self.path(chargeID))/refund", ["amount": amount.text])
        return answer.charge
    }

    private static func path(_ id: String) -> String { "charges/\(PercentEncoding.encode(id))" }
}

private struct FutureSkip: Encodable {
    let date: String
    let subscriptions: [String]

    private enum CodingKeys: String, CodingKey {
        case date
        case subscriptions = "subscription_ids"
    }
}

private struct ChargeAnswer: Decodable {
    let charge: RechargeCharge
}

private struct ChargePage: RechargePage {
    let elements: [RechargeCharge]
    let next: String?

    private enum CodingKeys: String, CodingKey {
        case elements = "charges"
        case next = "next_cursor"
    }
}
