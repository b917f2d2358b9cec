extension LineEvaluation {
    /// The decision without what the return as a whole may still change about it, and its explanation.
    var outcome: (decision: ReturnLineDecision, explanation: PolicyExplanation) {
        let finding = finding
        let decision = ReturnLineDecision(
            lineID: line.lineID, sku: product?.sku ?? "", quantity: line.quantity, available: available,
            eligible: finding.reason.isEligible, reason: finding.reason, message: finding.message,
            rule: finding.ground, nextAction: finding.reason.nextAction, window: seenWindow(finding),
            disposition: disposition, dispositionRule: dispositionRule, partialCreditPercent: partialCredit,
            feesWaivedBy: feesWaivedBy, feesWaivedRule: feesWaivedRule, offeredReasons: offeredReasons)
        var explanation = finding.explanation(line: line.lineID)
        if finding.reason.isEligible { explanation.children += consequences + unknownFacts }
        explanation.children += verdicts.explanations(ofLine: true)
        return (decision, explanation)
    }

    private func seenWindow(_ finding: LineFinding) -> WindowDecision? {
        let isSeen = finding.reason.isEligible || finding.reason == .windowClosed || finding.reason == .awaitingDelivery
        guard isSeen, let product, let zone = choice.zone else { return nil }
        return windowDecision(product, zone)
    }

    private var disposition: ReturnLineDecision.Disposition {
        if partialCredit != nil || verdicts.decision(.keepItem)?.isOn == true { return .kept }
        return verdicts.decision(.donate)?.isOn == true ? .donated : .returned
    }

    private var dispositionRule: String? {
        switch disposition {
        case .returned: nil
        case .donated: verdicts.decision(.donate)?.rule
        case .kept: verdicts.decision(partialCredit == nil ? .keepItem : .partialCredit)?.rule
        }
    }

    private var partialCredit: ReturnPercent? {
        guard case .percent(let percent)? = verdicts.decision(.partialCredit)?.value else { return nil }
        return percent
    }

    private var feesWaivedBy: ReturnLineDecision.WaivedBy? {
        // WHY: the refund calculation compares reasons and grades exactly; what is waived here must be so there.
        if let reason = line.reason, policy.fees.feeWaivedReasons.contains(reason) { return .reason }
        if let grade = line.grade, policy.feeWaivedGrades.contains(grade) { return .grade }
        return verdicts.decision(.waiveFees)?.isOn == true ? .rule : nil
    }

    private var feesWaivedRule: String? {
        switch feesWaivedBy {
        case .reason: "fees.fee_waived_reasons"
        case .grade: "fee_waived_grades"
        case .rule: verdicts.decision(.waiveFees)?.rule
        case nil: nil
        }
    }

    /// What else was decided about the line, explained.
    private var consequences: [PolicyExplanation] {
        var nodes = [ActionType.donate, .keepItem, .partialCredit, .waiveFees, .reasonGroup].compactMap { type in
            verdicts.decision(type)?.explanation(customer: customerSentence(type))
        }
        if feesWaivedBy == .reason || feesWaivedBy == .grade, let setting = feesWaivedRule {
            nodes.append(
                PolicyExplanation(
                    "fees", "waived", setting: setting, staff: "No fees are taken: \(setting).",
                    customer: "No fees are taken for this item."))
        }
        return nodes
    }

    private func customerSentence(_ type: ActionType) -> String? {
        switch type {
        case .keepItem where disposition == .kept: "You may keep the item."
        case .donate where disposition == .donated: "You may give the item away."
        case .partialCredit: partialCredit.map { "You keep the item and get \($0) of its price." }
        case .waiveFees where feesWaivedBy == .rule: "No fees are taken for this item."
        default: nil
        }
    }
}
