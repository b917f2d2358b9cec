extension ReturnEvaluation {
    var offer: ReturnOffer {
        ReturnOffer(
            methods: methods, resolutions: resolutions,
            destination: text(.destination) ?? choice.zone?.destination)
    }

    /// Nothing where nothing can be returned; keeping alone where everything is kept.
    private var methods: [ReturnMethod] {
        guard !eligible.isEmpty, let zone = choice.zone else { return [] }
        if requiresShipping { return zone.methods.contains(.ship) ? [.ship] : [] }
        if eligible.allSatisfy({ $0.disposition == .kept }) { return [.keep] }
        if eligible.allSatisfy({ $0.disposition == .donated }) { return [.donate] }
        guard case .methods(let excluded)? = verdicts.decision(.excludeMethods)?.value else { return zone.methods }
        return zone.methods.filter { !excluded.contains($0) }
    }

    private var resolutions: [ReturnResolution] {
        guard !eligible.isEmpty else { return [] }
        // WHY: policies of before may list what no return gives.
        let offered = policy.resolutions.filter(\.isOfReturns)
        guard case .resolutions(let excluded)? = verdicts.decision(.excludeOutcomes)?.value else { return offered }
        return offered.filter { !excluded.contains($0) }
    }

    private func text(_ type: ActionType) -> String? {
        guard case .text(let text)? = verdicts.decision(type)?.value else { return nil }
        return text
    }
}
