import Commerce

/// What a person may do to a return, and when: read off the return's life cycle.
enum ReturnVerb: String, Sendable, CaseIterable {
    case approve, reject, receive, inspect, cancel, reopen

    /// The verbs that are possible in a state: what an API error lists as `allowed`.
    /// - Parameter areHere: whether goods have come in, which nobody calls off any more.
    static func allowed(in status: ReturnStatus, goodsAreHere areHere: Bool = false) -> [ReturnVerb] {
        let events = Set(ReturnLifeCycle.goodsReturn.allowed(from: status, by: .staff).map(\.event))
        return allCases.filter { verb in
            switch (verb, status) {
            // WHY: a later finding replaces an earlier one, which moves nothing.
            case (.inspect, .inspected): true
            case (.cancel, _) where areHere: false
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
        }
    }
}
