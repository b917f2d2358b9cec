import Commerce

/// What a person may do to a return, and when: read off the return's life cycle.
enum ReturnVerb: String, Sendable, CaseIterable {
    case approve, reject, receive, inspect, cancel, reopen

    /// The verbs that are possible in a state: what an API error lists as `allowed`.
    static func allowed(in status: ReturnStatus) -> [ReturnVerb] {
        let events = Set(ReturnLifeCycle.goodsReturn.allowed(from: status, by: .staff).map(\.event))
        return allCases.filter { events.contains($0.event) && !($0 == .reopen && status == .closed) }
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
