extension ReturnEvaluation {
    /// Why nothing comes of the return as it is asked for.
    func refusals(_ offer: ReturnOffer) -> [DecisionReason] {
        guard !eligible.isEmpty else {
            let rule = outcomes.first?.decision.rule ?? "request"
            let message = outcomes.isEmpty ? "No lines were asked for." : "None of the lines can be returned."
            return [DecisionReason(code: .noEligibleLines, message: message, rule: rule)]
        }
        var reasons: [DecisionReason] = []
        if let method = facts.request.method, !offer.methods.contains(method) {
            let rule = verdicts.decision(.requireShipping)?.rule ?? verdicts.decision(.excludeMethods)?.rule
            reasons.append(
                DecisionReason(
                    code: .methodNotOffered, message: "The method \(method.rawValue) is not offered for this return.",
                    rule: rule ?? "\(choice.setting).methods"))
        }
        if let resolution = facts.request.resolution, !offer.resolutions.contains(resolution) {
            reasons.append(
                DecisionReason(
                    code: .resolutionNotOffered,
                    message: "The resolution \(resolution.rawValue) is not offered for this return.",
                    rule: verdicts.decision(.excludeOutcomes)?.rule ?? "resolutions"))
        }
        return reasons
    }

    /// Why a person has to decide.
    func reviews(_ offer: ReturnOffer) -> [DecisionReason] {
        guard !eligible.isEmpty else { return [] }
        return ruleReviews + limitReviews + unknownReviews + currencyReviews + offerReviews(offer)
    }

    private var ruleReviews: [DecisionReason] {
        guard let decision = verdicts.decision(.needsReview), decision.isOn else { return [] }
        return decision.deciders.map { verdict in
            var message = "Rule \(verdict.rule.id) asks for a review."
            if case .notice(true, let sentence?)? = verdict.rule.action(.needsReview)?.value { message = sentence }
            return DecisionReason(code: .rule, message: message, rule: verdict.rule.id)
        }
    }

    private var limitReviews: [DecisionReason] {
        guard let limit = policy.approvalLimit, isOfOrder(limit), let limitMoney = limit.money(in: facts.order.currency)
        else { return [] }
        let units = Dictionary(eligible.map { ($0.lineID, $0.quantity) }) { $0.addingSaturated($1) }
        guard let value = facts.order.value(of: units), let isOver = try? limitMoney.isLess(than: value) else {
            return [
                DecisionReason(
                    code: .valueUnknown, message: "The value of the return is not known.", rule: "approval_limit")
            ]
        }
        guard isOver else { return [] }
        return [
            DecisionReason(
                code: .overApprovalLimit, message: "The value \(value) is above the limit of \(limitMoney).",
                rule: "approval_limit")
        ]
    }

    private var unknownReviews: [DecisionReason] {
        let ofLines = zip(lines, outcomes).filter(\.1.decision.eligible).flatMap(\.0.reviewReasons)
        guard policy.unknownFacts == .review else { return ofLines }
        return ofLines + undecided.map { DecisionReason(code: .unknownFact, message: $0.staff, rule: $0.rule ?? "") }
    }

    /// Rules that would restrict the return, if only a fact were known.
    var undecided: [PolicyExplanation] {
        ActionVocabulary.actions.filter { !$0.isOfLine && $0.isRestrictive }.flatMap { type in
            verdicts.undecided(type).map { verdict in
                PolicyExplanation(
                    type.name, "unknown", rule: verdict.rule.id, conditions: verdict.traces,
                    staff: "Rule \(verdict.rule.id) may set \(type.name), but "
                        + "\(verdict.unknown.joined(separator: ", ")) is not known.")
            }
        }
    }

    private var currencyReviews: [DecisionReason] {
        let limit = policy.approvalLimit.map { [("approval_limit", $0)] } ?? []
        let foreign = foreignAmounts + limit.filter { !isOfOrder($0.1) }.map { (rule: $0.0, amount: $0.1) }
        return foreign.map { rule, amount in
            DecisionReason(
                code: .currencyDiffers, message: "The amount \(amount) is none in \(facts.order.currency).", rule: rule)
        }
    }

    private func offerReviews(_ offer: ReturnOffer) -> [DecisionReason] {
        guard offer.methods.isEmpty || offer.resolutions.isEmpty else { return [] }
        let what = offer.methods.isEmpty ? "method" : "resolution"
        let rule = offer.methods.isEmpty ? "\(choice.setting).methods" : "resolutions"
        return [DecisionReason(code: .nothingOffered, message: "No \(what) is left to offer.", rule: rule)]
    }
}
