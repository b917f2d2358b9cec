extension WarrantyTerms {
    /// Everything that is wrong with what the terms mean.
    var problems: [ReturnPolicyProblem] {
        guard !plans.isEmpty else {
            return [.init(.missingMember, field: "plans", "There is no plan; add at least one.")]
        }
        guard plans.count <= Self.plansMax else {
            return [.init(.tooMany, field: "plans", "There are \(plans.count) plans; use at most \(Self.plansMax).")]
        }
        let own = plans.enumerated().flatMap { index, plan in
            plan.problems.map { problem in
                ReturnPolicyProblem(problem.code, field: "plans[\(index)].\(problem.member)", problem.message)
            }
        }
        return own + betweenPlans + ofTimes
    }

    private var ofTimes: [ReturnPolicyProblem] {
        reminders.enumerated().filter { $0.element >= expiry }.map { index, reminder in
            .init(
                .reminderAfterExpiry, field: "reminders[\(index)]",
                "\(reminder.iso8601) is not before the expiry of \(expiry.iso8601); remind earlier.")
        }
    }

    /// The first plan that is about some goods counts: what comes behind it for them is never asked.
    private var betweenPlans: [ReturnPolicyProblem] {
        var problems: [ReturnPolicyProblem] = []
        var ids: Set<String> = []
        var taken: [String: String] = [:]
        var ofAll: String?
        for (index, plan) in plans.enumerated() {
            if !ids.insert(plan.id).inserted {
                problems.append(
                    .init(.duplicateID, field: "plans[\(index)].id", "There are two plans '\(plan.id)'; rename one."))
            }
            if let ofAll {
                problems.append(
                    .init(
                        .unreachableRule, field: "plans[\(index)].skus",
                        "Plan '\(ofAll)' before it is about all goods; put it last."))
            }
            for sku in plan.skus {
                if let other = taken[sku] {
                    problems.append(
                        .init(
                            .unreachableRule, field: "plans[\(index)].skus",
                            "'\(sku)' is in plan '\(other)' already; name it once."))
                }
                taken[sku] = plan.id
            }
            if plan.skus.isEmpty { ofAll = ofAll ?? plan.id }
        }
        return problems
    }
}

extension WarrantyPlan {
    fileprivate typealias Problem = (code: ReturnPolicyProblem.Code, member: String, message: String)

    fileprivate var problems: [Problem] { ofTerm + ofKinds + ofRemedies }

    private var ofTerm: [Problem] {
        switch (registration, extendedTerm) {
        case (.extends, nil):
            return [(.missingMember, "extended_term", "A registration extends the term; say to how long.")]
        case (.extends, let extended?):
            // Any day does to compare them by; from the first of March both halves of a year are the longer ones.
            guard let day = ShopDay("2023-03-01"), extended.lastDay(from: day) <= term.lastDay(from: day) else {
                return []
            }
            return [(.badDuration, "extended_term", "It is no longer than the term \(term.iso8601).")]
        case (.none, _?), (.required, _?):
            return [(.noEffect, "extended_term", "Only a registration that 'extends' lengthens the term.")]
        case (.none, nil), (.required, nil):
            return []
        }
    }

    private var ofKinds: [Problem] {
        let empty: [Problem] =
            covers.isEmpty ? [(.badValue, "covers", "Nothing is covered; name at least one kind of problem.")] : []
        return empty
            + covers.filter(excludes.contains).map { kind in
                (.contradictoryRules, "excludes", "'\(kind)' is covered and excluded; decide on one.")
            }
    }

    private var ofRemedies: [Problem] {
        if remedies.isEmpty { return [(.badValue, "remedies", "Nothing helps; name at least one remedy.")] }
        if Set(remedies).count < remedies.count {
            return [(.duplicateID, "remedies", "A remedy is named twice; name each once.")]
        }
        guard remedies.contains(.repair), !comesBack else { return [] }
        return [(.contradictoryRules, "remedies", "What does not come back cannot be repaired; set 'comes_back'.")]
    }
}
