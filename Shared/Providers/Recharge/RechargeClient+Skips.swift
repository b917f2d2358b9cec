import Commerce

/// Charges of one subscription, found by their day: that stays the same where a skip makes another charge of a part.
extension RechargeClient {
    /// `YYYY-MM-DD` of the next charge that the subscription is in: of the first that is queued, else the planned one.
    ///
    /// Nil where nothing is planned, or what is planned is skipped already.
    public func nextCharge(of subscription: RechargeSubscription) async throws(ProviderFailure) -> String? {
        let queued = try await charges(of: subscription, status: "queued").compactMap(\.scheduledAt).min()
        if let queued { return queued }
        guard let planned = subscription.nextChargeDate else { return nil }
        let present = try await charge(of: subscription, on: planned)
        return present?.status == "skipped" ? nil : planned
    }

    /// The subscription's charge of a day: the skipped one where a part was skipped. Nil where there is none yet.
    public func charge(
        of subscription: RechargeSubscription, on date: String
    ) async throws(ProviderFailure) -> RechargeCharge? {
        let ofDay = try await charges(of: subscription, from: date).filter { $0.scheduledAt == date }
        return ofDay.first { $0.status == "skipped" } ?? ofDay.first
    }

    /// Leaves the subscription out of its charge of a day, also where that is not queued yet; one that is skipped
    /// already is left as it is.
    ///
    /// May be called again, after `unknownOutcome` once the settle time has passed: the skip of a day without a charge
    /// makes one. Failure: `refused` for a charge that is no longer queued.
    public func skip(
        _ subscription: RechargeSubscription, on date: String
    ) async throws(ProviderFailure) -> RechargeCharge {
        if let charge = try await charge(of: subscription, on: date) {
            return try await skip(charge.id, subscriptions: [subscription.id])
        }
        guard let addressID = subscription.addressID else {
            throw .refused(code: "no_address", message: "The subscription \(subscription.id) has no address.")
        }
        return try await skip(day: date, ofAddress: addressID, subscriptions: [subscription.id])
    }

    /// Takes the skip of a day back; a charge that is not skipped is left as it is. May be called again after a lost
    /// answer.
    /// - Returns: nil where there is no such charge any more.
    public func unskip(
        _ subscription: RechargeSubscription, on date: String
    ) async throws(ProviderFailure) -> RechargeCharge? {
        let present = try await charge(of: subscription, on: date)
        guard let skipped = present, skipped.status == "skipped" else { return present }
        do {
            return try await unskip(skipped.id, subscriptions: [subscription.id])
        } catch {
            // WHY: refused also when an earlier request has arrived meanwhile.
            guard case .refused = error else { throw error }
            guard let now = try await charge(of: subscription, on: date), now.status != "skipped" else { throw error }
            return now
        }
    }

    private func charges(
        of subscription: RechargeSubscription, status: String? = nil, from date: String? = nil
    ) async throws(ProviderFailure) -> [RechargeCharge] {
        guard let customerID = subscription.customerID else {
            throw .refused(code: "no_customer", message: "The subscription \(subscription.id) has no customer.")
        }
        return try await charges(customerID: customerID, status: status, from: date).filter { charge in
            charge.lines.contains { $0.purchaseItemID == subscription.id }
        }
    }
}
