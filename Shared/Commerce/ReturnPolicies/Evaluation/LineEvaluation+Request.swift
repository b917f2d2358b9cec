extension LineEvaluation {
    var unknownLine: LineFinding {
        LineFinding(
            reason: .unknownLine, message: "The order has no line \(line.lineID); choose one of its lines.",
            setting: "request")
    }

    var noZone: LineFinding {
        LineFinding(
            reason: .noZone, message: "Returns from \(choice.country ?? "your country") are not accepted.",
            setting: choice.setting)
    }

    func quantityFinding(_ product: OrderLineReturnFacts) -> LineFinding? {
        if line.quantity <= 0 {
            return LineFinding(
                reason: .badQuantity, message: "The quantity must be at least 1.", setting: "request")
        }
        if product.fulfilled <= 0 {
            return LineFinding(
                reason: .notFulfilled, message: "The item has not been shipped yet.", setting: "order")
        }
        if available == 0 {
            return LineFinding(
                reason: .alreadyReturned, message: "Every shipped unit is already part of a return.", setting: "order")
        }
        guard line.quantity > available else { return nil }
        let units = available == 1 ? "1 unit" : "\(available) units"
        return LineFinding(
            reason: .quantityExceeded, message: "Only \(units) can still be returned.", setting: "order")
    }

    func zoneFinding(_ zone: ReturnZone) -> LineFinding? {
        guard !zone.acceptsReturns else { return nil }
        return LineFinding(
            reason: .zoneNotAccepted, message: "Returns from \(choice.country ?? "your country") are not accepted.",
            setting: "\(choice.setting).accepts_returns")
    }

    /// The reasons that are offered for the line; empty for any.
    var offeredReasons: [String] {
        guard case .text(let id)? = verdicts.decision(.reasonGroup)?.value,
            let group = policy.reasonGroups.first(where: { $0.id == id })
        else { return policy.reasons.map(\.code) }
        return group.reasons
    }

    var reasonFinding: LineFinding? {
        guard let reason = line.reason, !policy.reasons.isEmpty else { return nil }
        let word = reason.lowercased()
        guard policy.reasons.contains(where: { $0.code.lowercased() == word }) else {
            return LineFinding(
                reason: .unknownReason, message: "'\(reason)' is no reason of this shop; choose another.",
                setting: "reasons")
        }
        guard !offeredReasons.contains(where: { $0.lowercased() == word }) else { return nil }
        return LineFinding(
            reason: .reasonNotOffered, message: "The reason '\(reason)' does not go with this item; choose another.",
            rule: verdicts.decision(.reasonGroup)?.rule, setting: "reason_groups")
    }

    /// Whether its reason needs evidence, and none is given.
    var lacksEvidence: Bool { line.evidenceCount <= 0 && policy.requiresEvidence(for: line.reason) }

    /// WHY: whoever writes a ticket may have no way to show anything there; a person asks for it instead.
    var evidenceFinding: LineFinding? {
        guard lacksEvidence, facts.request.channel != .ticket else { return nil }
        return LineFinding(
            reason: .evidenceRequired,
            message: "Show what is wrong with it: give the https URL of at least one picture or film in 'evidence'.",
            setting: "reasons", staff: "the reason \(line.reason ?? "") needs evidence, and none is given.")
    }
}
