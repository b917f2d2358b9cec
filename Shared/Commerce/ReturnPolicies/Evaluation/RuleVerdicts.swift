/// The verdicts of all rules over one line or one return, and which of them decide.
struct RuleVerdicts {
    /// By priority, the highest first, then by id, so that the order in the document plays no part.
    let all: [RuleVerdict]

    init(_ rules: [ReturnRule], over tables: [FactTable], on day: ShopDay?) {
        all = rules.sorted { ($1.priority, $0.id) < ($0.priority, $1.id) }.map { $0.verdict(over: tables, on: day) }
    }

    /// What the rules that match say about an action: the highest priority decides.
    ///
    /// Where rules of that priority differ, which an accepted policy cannot have, the first by id decides.
    func decision(_ type: ActionType) -> ActionDecision? {
        let matching = setting(type, .matches)
        guard let first = matching.first, let value = first.rule.action(type)?.value else { return nil }
        let deciders = matching.filter { verdict in
            verdict.rule.priority == first.rule.priority && verdict.rule.action(type)?.value.agrees(with: value) == true
        }
        let names = Set(deciders.map(\.rule.id))
        let overruled = matching.filter { !names.contains($0.rule.id) }
        return ActionDecision(type: type, value: value, deciders: deciders, overruled: overruled)
    }

    /// Rules that would decide an action differently if what they ask for were known.
    func undecided(_ type: ActionType) -> [RuleVerdict] {
        let decision = decision(type)
        let least = decision?.deciders.first?.rule.priority ?? .min
        return setting(type, .unknown).filter { verdict in
            guard let value = verdict.rule.action(type)?.value, verdict.rule.priority >= least else { return false }
            return decision.map { !$0.value.agrees(with: value) } ?? value.isEffective
        }
    }

    private func setting(_ type: ActionType, _ match: RuleVerdict.Match) -> [RuleVerdict] {
        all.filter { $0.match == match && $0.rule.action(type) != nil }
    }
}

/// What was decided about one action, and by which rules.
struct ActionDecision {
    let type: ActionType
    let value: ActionValue
    /// At least one; all of one priority and of one mind.
    let deciders: [RuleVerdict]
    /// Rules that match too, but have a lower priority.
    let overruled: [RuleVerdict]

    var rule: String { deciders.first?.rule.id ?? "" }

    /// Whether a flag or a notice is set.
    var isOn: Bool { value.isEffective }

    /// The sentences of the deciding rules.
    var sentences: [String] {
        deciders.compactMap { verdict in
            guard case .notice(true, let sentence)? = verdict.rule.action(type)?.value else { return nil }
            return sentence
        }
    }
}

extension ActionValue {
    /// Whether it changes anything where no other rule has spoken: a flag that is off does not.
    var isEffective: Bool {
        switch self {
        case .flag(let flag), .notice(let flag, _): flag
        default: true
        }
    }
}
