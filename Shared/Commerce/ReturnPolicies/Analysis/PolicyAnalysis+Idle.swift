extension PolicyAnalysis {
    /// Warnings about what the policy decides and nothing carries out yet.
    var idle: [ReturnPolicyProblem] {
        let setting = "processing_event"
        return (policy.processingEvent == .inspected ? [] : [idle(setting, rule: nil, setting)]) + zones
            + rules.flatMap(idle) + rules.compactMap(unskippable)
    }

    private var zones: [ReturnPolicyProblem] {
        policy.zones.enumerated().flatMap { index, zone in
            let field = "zones[\(index)]"
            return [
                zone.carrier == nil ? nil : idle("carrier", rule: nil, "\(field).carrier"),
                zone.destination == nil ? nil : idle("destination", rule: nil, "\(field).destination"),
                zone.label == .qr ? idle("qr", rule: nil, "\(field).label") : nil,
            ].compactMap(\.self)
        }
    }

    private func idle(_ place: (index: Int, rule: ReturnRule)) -> [ReturnPolicyProblem] {
        place.rule.then.map(\.type.name).filter(ActionVocabulary.idle.contains).map { name in
            idle(name, rule: place.rule.id, "rules[\(place.index)].then.\(name)")
        }
    }

    /// WHY: which provider a subscription is at only a return says.
    private func unskippable(_ place: (index: Int, rule: ReturnRule)) -> ReturnPolicyProblem? {
        guard case .subscription(let action)? = place.rule.action(.subscription)?.value, action.putsOff else {
            return nil
        }
        return ReturnPolicyProblem(
            .idleAction, rule: place.rule.id, field: "rules[\(place.index)].then.subscription",
            "Nothing carries out '\(action.rawValue)' at Stripe: a return of a subscription there goes to a person.")
    }

    private func idle(_ name: String, rule: String?, _ field: String) -> ReturnPolicyProblem {
        ReturnPolicyProblem(
            .idleAction, rule: rule, field: field,
            "Nothing carries out '\(name)' yet: it is kept, changes no return and is promised to nobody.")
    }
}
