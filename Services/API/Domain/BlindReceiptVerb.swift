import Commerce

/// What a person may do about goods that no return awaited, and when: read off their life cycle.
enum BlindReceiptVerb: String, Sendable, CaseIterable {
    case match
    case openReturn = "open-return"
    case dismiss

    /// The verbs that are possible in a state: what an API error lists as `allowed`.
    static func allowed(in status: BlindReceiptStatus) -> [BlindReceiptVerb] {
        let events = Set(BlindReceiptLifeCycle.blindReceipt.allowed(from: status, by: .staff).map(\.event))
        return allCases.filter { events.contains($0.event) }
    }

    private var event: BlindReceiptEvent {
        switch self {
        case .match, .openReturn: .match
        case .dismiss: .dismiss
        }
    }
}
