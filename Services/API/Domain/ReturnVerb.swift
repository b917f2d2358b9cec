import Commerce

/// What a person may do to a return, and when: read off the return's life cycle.
enum ReturnVerb: String, Sendable, CaseIterable {
    case approve, reject, receive, inspect, cancel, reopen
    case reissueLabel = "reissue-label"

    /// The verbs that are possible in a state: what an API error lists as `allowed`.
    /// - Parameters:
    ///   - areHere: whether goods have come in, which nobody calls off any more.
    ///   - hasLabel: whether the customer has a label of ours that could be used.
    static func allowed(
        in status: ReturnStatus, goodsAreHere areHere: Bool = false, hasLabel: Bool = false
    ) -> [ReturnVerb] {
        let events = Set(ReturnLifeCycle.goodsReturn.allowed(from: status, by: .staff).map(\.event))
        return allCases.filter { verb in
            switch (verb, status) {
            // WHY: a later finding replaces an earlier one, which moves nothing.
            case (.inspect, .inspected): true
            case (.cancel, _) where areHere: false
            case (.reissueLabel, _) where areHere || !hasLabel: false
            default: events.contains(verb.event)
            }
        }
    }

    private var event: ReturnEvent {
        switch self {
        case .approve: .approve
        case .reject: .reject
        case .receive: .receive
        case .inspect: .inspect
        case .cancel: .cancel
        case .reopen: .reopen
        case .reissueLabel: .reissueLabel
        }
    }
}
