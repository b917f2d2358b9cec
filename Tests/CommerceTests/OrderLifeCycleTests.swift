import Commerce
import Testing

@Suite("The life cycle of an order")
struct OrderLifeCycleTests {
    /// Written out again by hand, so that a slip in the table is noticed.
    static let legal: [OrderStatus: Set<OrderStatus>] = [
        .received: [.onHold, .pendingFulfillment, .cancelled, .needsAttention],
        .onHold: [.received, .pendingFulfillment, .cancelled, .needsAttention],
        .pendingFulfillment: [.onHold, .dispatched, .cancelled, .needsAttention],
        .dispatched: [.partiallyFulfilled, .fulfilled, .cancelled, .needsAttention],
        .partiallyFulfilled: [.fulfilled, .delivered, .needsAttention],
        .fulfilled: [.delivered, .needsAttention],
        .delivered: [],
        .cancelled: [],
        .needsAttention: [
            .received, .pendingFulfillment, .dispatched, .partiallyFulfilled, .fulfilled, .delivered, .cancelled,
        ],
    ]

    static let pairs = OrderStatus.allCases.flatMap { from in OrderStatus.allCases.map { (from, $0) } }

    @Test("allows exactly the moves that make sense", arguments: pairs)
    func everyPair(from: OrderStatus, to: OrderStatus) {
        #expect(OrderLifeCycle.order.permits(from: from, to: to) == Self.legal[from]?.contains(to))
    }

    @Test("an event leads from a status to one next status at most, caused by someone")
    func deterministic() {
        for from in OrderStatus.allCases {
            let events = OrderLifeCycle.order.allowed(from: from).map(\.event)
            #expect(Set(events).count == events.count, "\(from)")
            for event in OrderEvent.allCases {
                let transition = OrderLifeCycle.order.transition(from: from, on: event)
                #expect((transition != nil) == events.contains(event))
                #expect(transition?.who.isEmpty != true)
            }
        }
    }

    @Test("ends when delivered or cancelled, and every status can be reached")
    func ends() {
        let cycle = OrderLifeCycle.order
        #expect(cycle.terminal == [.delivered, .cancelled])
        let reached = Set(cycle.transitions.map(\.to)).union([cycle.initial])
        #expect(reached == Set(OrderStatus.allCases))
    }

    @Test("a customer may only cancel, and only before the warehouse has the order")
    func customer() {
        for status in OrderStatus.allCases {
            let events = OrderLifeCycle.order.allowed(from: status, by: .customer).map(\.event)
            let early: Set<OrderStatus> = [.received, .onHold, .pendingFulfillment]
            #expect(events == (early.contains(status) ? [.cancel] : []))
        }
    }
}
