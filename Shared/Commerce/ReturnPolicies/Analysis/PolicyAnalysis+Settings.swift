import Foundation

extension PolicyAnalysis {
    var calendarProblems: [ReturnPolicyProblem] {
        var problems: [ReturnPolicyProblem] = []
        if TimeZone(identifier: policy.calendar.timeZone) == nil {
            problems.append(
                ReturnPolicyProblem(
                    .unknownTimeZone, field: "calendar.time_zone",
                    "Unknown time zone '\(policy.calendar.timeZone)'; use an IANA name such as America/New_York."))
        }
        if Set(policy.calendar.weekend).count == ShopCalendar.Weekday.allCases.count {
            problems.append(
                ReturnPolicyProblem(
                    .noBusinessDay, field: "calendar.weekend",
                    "Every day is weekend, so there is no business day; leave at least one out."))
        }
        return problems
    }

    var timeProblems: [ReturnPolicyProblem] { pauseProblems + reminderProblems }

    private var pauseProblems: [ReturnPolicyProblem] {
        let range = Duration.days(1)...ReturnPolicy.pauseMax
        guard let pause = policy.subscriptionPause, !range.contains(pause) else { return [] }
        return [
            ReturnPolicyProblem(
                .badDuration, field: "subscription_pause",
                "A charge is put off by whole days; use P1D to \(ReturnPolicy.pauseMax.iso8601).")
        ]
    }

    private var reminderProblems: [ReturnPolicyProblem] {
        guard let expiry = policy.expiry else { return [] }
        return policy.reminders.enumerated().filter { $1 >= expiry }.map { index, reminder in
            ReturnPolicyProblem(
                .reminderAfterExpiry, field: "reminders[\(index)]",
                "A reminder after \(reminder.iso8601) never goes out, as the return expires after "
                    + "\(expiry.iso8601); make it shorter.")
        }
    }

    var moneyProblems: [ReturnPolicyProblem] {
        let settings =
            [("fees.return_shipping_fee", policy.fees.returnShippingFee)]
            + (policy.approvalLimit.map { [("approval_limit", $0)] } ?? [])
        let ofSettings = settings.compactMap { problem(of: $0.1, rule: nil, field: $0.0) }
        return ofSettings
            + rules.flatMap { index, rule in
                rule.then.flatMap { problems(of: $0, rule: rule.id, field: "rules[\(index)].then.\($0.type.name)") }
            } + resolutionProblems
    }

    private func problems(of action: RuleAction, rule: String, field: String) -> [ReturnPolicyProblem] {
        switch action.value {
        case .amount(let amount): [problem(of: amount, rule: rule, field: field)].compactMap(\.self)
        case .bonus(let bonus):
            bonus.amounts.compactMap { problem(of: $0.amount, rule: rule, field: "\(field).\($0.place)") }
        default: []
        }
    }

    private func problem(of amount: ReturnAmount, rule: String?, field: String) -> ReturnPolicyProblem? {
        // WHY: no currency has more than three digits, so without one that is the limit.
        let digits = policy.currency?.exponent ?? 3
        guard (try? FixedDecimal.parse(amount.text, scale: digits)) == nil else { return nil }
        return ReturnPolicyProblem(
            .badAmount, rule: rule, field: field,
            "\(amount) has more than \(digits) digits after the point; round it.")
    }

    private var resolutionProblems: [ReturnPolicyProblem] {
        guard policy.resolutions.isEmpty else { return unsupportedResolutions }
        return [
            ReturnPolicyProblem(
                .badValue, field: "resolutions",
                "No resolution is offered, so that nobody could return anything; add original_payment, say.")
        ]
    }

    private var unsupportedResolutions: [ReturnPolicyProblem] {
        policy.resolutions.enumerated().filter { !$1.isOfReturns }.map { index, resolution in
            ReturnPolicyProblem(
                .unsupportedResolution, field: "resolutions[\(index)]",
                "A return gives no '\(resolution.rawValue)'; leave it out. Goods are replaced and mended by claims under the "
                    + "warranty terms (PUT /warranty-terms).")
        }
    }
}
