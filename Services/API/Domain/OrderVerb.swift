import Commerce

/// What a person may do to an order, and when: read off the order's life cycle.
enum OrderVerb: String, Sendable, CaseIterable {
    case hold, release, cancel

    /// The verbs that are possible in a state: what an API error lists as `allowed`.
    static func allowed(in status: String) -> [OrderVerb] {
        guard let status = OrderStatus(rawValue: status) else { return [] }
        let events = Set(OrderLifeCycle.order.allowed(from: status, by: .staff).map(\.event))
        return allCases.filter { !$0.events.isDisjoint(with: events) }
    }

    private var events: Set<OrderEvent> {
        switch self {
        case .hold: [.hold]
        case .release: [.release, .resume]
        case .cancel: [.cancel]
        }
    }
}
