import Commerce

/// What a person may do to a claim, and when: read off the claim's life cycle.
enum WarrantyVerb: String, Sendable, CaseIterable {
    case approve, reject, inspect, repair, cancel

    /// The verbs that are possible in a state: what an API error lists as `allowed`.
    static func allowed(in status: WarrantyStatus) -> [WarrantyVerb] {
        let events = Set(WarrantyLifeCycle.warrantyClaim.allowed(from: status, by: .staff).map(\.event))
        return allCases.filter { verb in
            switch (verb, status) {
            // WHY: a review whose goods are here is decided, not inspected.
            case (.inspect, .inReview): false
            default: events.contains(verb.event)
            }
        }
    }

    private var event: WarrantyEvent {
        switch self {
        case .approve: .approve
        case .reject: .reject
        case .inspect: .inspect
        case .repair: .repair
        case .cancel: .cancel
        }
    }
}
