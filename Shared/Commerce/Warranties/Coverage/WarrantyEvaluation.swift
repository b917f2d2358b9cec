import Foundation

extension WarrantyTerms {
    /// What the terms say to a claim, from these facts alone.
    ///
    /// A day counts by the workspace's time zone; first and last day are both covered. What speaks against the claim ends
    /// it with the first reason; what is not known, or is of too great a value, goes to a person with all of them.
    public func coverage(of facts: WarrantyFacts) -> WarrantyCoverage {
        guard let plan = plan(for: facts.sku) else {
            return WarrantyCoverage(
                outcome: .rejected, plan: nil, covered: false,
                reasons: [.init(.noPlan, "There is no warranty on '\(facts.sku)'.")], termsVersion: version)
        }
        return WarrantyEvaluation(terms: self, plan: plan, facts: facts).coverage
    }
}

/// One claim held against the plan of its goods.
struct WarrantyEvaluation {
    let terms: WarrantyTerms
    let plan: WarrantyPlan
    let facts: WarrantyFacts

    var coverage: WarrantyCoverage {
        let start = self.start
        let end = start.map(lastDay)
        var coverage = WarrantyCoverage(
            outcome: .approved, plan: plan.id, startsOn: start, endsOn: end, covered: true, remedies: remedies,
            termsVersion: terms.version)
        if let objection = objection(end) {
            coverage.outcome = .rejected
            coverage.covered = false
            coverage.reasons = [objection]
            return coverage
        }
        coverage.reasons = doubts(start)
        if !coverage.reasons.isEmpty { coverage.outcome = .inReview }
        if start == nil { coverage.covered = nil }
        return coverage
    }

    // MARK: Its days

    private var start: ShopDay? {
        let calendar = terms.calendar
        if !facts.isSoldHere { return facts.registration?.purchasedOn }
        let anchor: Date? =
            switch (plan.anchor, plan.fallback) {
            case (.ordered, _): facts.orderedAt
            case (.delivered, .ordered): facts.deliveredAt ?? facts.orderedAt
            case (.delivered, .review): facts.deliveredAt
            }
        return anchor.map(calendar.day)
    }

    private func lastDay(from start: ShopDay) -> ShopDay {
        let end = plan.term.lastDay(from: start)
        guard plan.registration == .extends, let extended = plan.extendedTerm, let registration = facts.registration,
            registration.registeredOn <= end
        else { return end }
        return max(end, extended.lastDay(from: start))
    }

    // MARK: What helps

    /// WHY: nothing of ours was paid for goods from elsewhere, and they do not come in: only new goods can help.
    private var offered: [WarrantyRemedy] {
        facts.isSoldHere ? plan.remedies : plan.remedies.filter { $0 == .replacement }
    }

    private var remedies: [WarrantyRemedy] {
        let wished = offered.filter { $0 == facts.remedy }
        return wished + offered.filter { $0 != facts.remedy }
    }

    // MARK: What speaks against it

    private func objection(_ end: ShopDay?) -> WarrantyReason? {
        if plan.excludes.contains(facts.problem) {
            return .init(.problemExcluded, "The warranty does not cover '\(facts.problem)'.")
        }
        if !plan.covers.contains(facts.problem) {
            return .init(
                .unknownProblem,
                "'\(facts.problem)' is none of the problems covered: \(plan.covers.joined(separator: ", ")).")
        }
        if plan.registration == .required, facts.registration == nil {
            return .init(.registrationRequired, "The goods have to be registered first; give 'registration_id'.")
        }
        if let end, terms.calendar.day(of: facts.now) > end {
            return .init(.expired, "The warranty ended on \(end).")
        }
        return objectionToRequest
    }

    private var objectionToRequest: WarrantyReason? {
        if let max = plan.claimsMax, facts.earlierClaims >= max {
            return .init(.claimsExhausted, "A unit may be claimed \(max) times, and this one was.")
        }
        if plan.needsEvidence, facts.evidenceCount == 0 {
            return .init(.evidenceRequired, "Show the fault: give the URL of at least one picture in 'evidence'.")
        }
        guard !offered.isEmpty else {
            return .init(.remedyNotOffered, "Goods that were bought elsewhere are not replaced under this warranty.")
        }
        guard let wished = facts.remedy, !offered.contains(wished) else { return nil }
        let names = offered.map(\.rawValue).joined(separator: ", ")
        return .init(.remedyNotOffered, "'\(wished.rawValue)' is not offered; there is: \(names).")
    }

    // MARK: What a person has to say

    private func doubts(_ start: ShopDay?) -> [WarrantyReason] {
        var doubts: [WarrantyReason] = []
        if start == nil {
            doubts.append(.init(.startUnknown, "Nobody knows when the goods were delivered."))
        }
        if facts.registration?.isVerified == false {
            doubts.append(.init(.unverifiedProof, "Nobody has looked at the proof of purchase yet."))
        }
        if !facts.isSoldHere {
            doubts.append(.init(.boughtElsewhere, "The goods were bought elsewhere: judge by the evidence."))
        }
        return doubts + doubtOfValue
    }

    /// WHY: what was bought elsewhere is looked at by a person anyhow, and has no value here.
    private var doubtOfValue: [WarrantyReason] {
        guard let limit = plan.approvalLimit, facts.isSoldHere else { return [] }
        guard let value = facts.value else {
            return [.init(.valueUnknown, "The value of the goods is not known.")]
        }
        if let currency = terms.currency, currency != value.currency {
            return [.init(.currencyDiffers, "The limit is in \(currency), the goods were sold in \(value.currency).")]
        }
        guard let most = limit.money(in: value.currency) else {
            return [.init(.currencyDiffers, "The limit \(limit) is no amount in \(value.currency).")]
        }
        guard value.minorUnits > most.minorUnits else { return [] }
        return [.init(.overApprovalLimit, "The goods are worth \(value), more than the limit of \(most).")]
    }
}
