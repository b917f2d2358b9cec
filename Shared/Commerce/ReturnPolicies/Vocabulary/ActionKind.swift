/// The kinds of values that actions take.
public enum ActionKind: Hashable, Sendable {
    case flag
    /// True or false, or a sentence that says why, which means true.
    case notice
    case text
    case methods
    case resolutions
    case processingEvent
    case subscription
    case originalShipping
    case amount
    case percent
    case window
    case bonus

    var name: String {
        switch self {
        case .flag: "true or false"
        case .notice: "true, false, or a sentence that says why"
        case .text: "a text"
        case .methods: "a list of \(ReturnMethod.allCases.map(\.rawValue).joined(separator: ", "))"
        case .resolutions: "a list of \(ReturnResolution.allCases.map(\.rawValue).joined(separator: ", "))"
        case .processingEvent: "one of \(ProcessingEvent.allCases.map(\.rawValue).joined(separator: ", "))"
        case .subscription: "one of \(SubscriptionAction.allCases.map(\.rawValue).joined(separator: ", "))"
        case .originalShipping:
            "one of \(ReturnMoneySettings.OriginalShipping.allCases.map(\.rawValue).joined(separator: ", "))"
        case .amount: "an amount such as \"7.95\""
        case .percent: "a percentage such as \"15\""
        case .window: "days, or the members of a window that change"
        case .bonus: "{\"percent\", \"amount\", \"max\"}: one of the first two, or both"
        }
    }
}

/// The value of an action in a rule.
public enum ActionValue: Hashable, Sendable {
    case flag(Bool)
    /// Whether it holds, and the sentence that says why.
    case notice(Bool, String?)
    case text(String)
    case methods([ReturnMethod])
    case resolutions([ReturnResolution])
    case processingEvent(ProcessingEvent)
    case subscription(SubscriptionAction)
    case originalShipping(ReturnMoneySettings.OriginalShipping)
    case amount(ReturnAmount)
    case percent(ReturnPercent)
    case window(WindowChange)
    case bonus(ReturnBonus)

    /// Whether both do the same; sentences that say why may differ, and so may the order of a list.
    public func agrees(with other: ActionValue) -> Bool {
        switch (self, other) {
        case (.notice(let left, _), .notice(let right, _)): left == right
        case (.methods(let left), .methods(let right)): Set(left) == Set(right)
        case (.resolutions(let left), .resolutions(let right)): Set(left) == Set(right)
        default: self == other
        }
    }
}
