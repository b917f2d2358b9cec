extension LifeCycle where State == OrderStatus, Event == OrderEvent {
    /// The life of an order from the shop to the last delivered package.
    public static let order = LifeCycle(
        initial: .received,
        transitions: beforeWarehouse + atWarehouse + afterAttention)

    private static var beforeWarehouse: [Transition] {
        [
            Transition(.received, .hold, .onHold, by: [.system, .staff]),
            Transition(.received, .salesOrderCreated, .pendingFulfillment, by: [.system]),
            Transition(.received, .cancel, .cancelled, by: [.system, .staff, .customer, .agent]),
            Transition(.received, .escalate, .needsAttention, by: [.system]),

            Transition(.onHold, .release, .received, by: [.system, .staff]),
            Transition(.onHold, .resume, .pendingFulfillment, by: [.system, .staff]),
            Transition(.onHold, .salesOrderCreated, .pendingFulfillment, by: [.system]),
            Transition(.onHold, .cancel, .cancelled, by: [.system, .staff, .customer, .agent]),
            Transition(.onHold, .escalate, .needsAttention, by: [.system]),

            Transition(.pendingFulfillment, .hold, .onHold, by: [.system, .staff]),
            Transition(.pendingFulfillment, .dispatched, .dispatched, by: [.system]),
            Transition(.pendingFulfillment, .cancel, .cancelled, by: [.system, .staff, .customer, .agent]),
            Transition(.pendingFulfillment, .escalate, .needsAttention, by: [.system]),
        ]
    }

    private static var atWarehouse: [Transition] {
        [
            Transition(.dispatched, .partiallyFulfilled, .partiallyFulfilled, by: [.system]),
            Transition(.dispatched, .fulfilled, .fulfilled, by: [.system]),
            Transition(.dispatched, .cancel, .cancelled, by: [.system, .staff]),
            Transition(.dispatched, .escalate, .needsAttention, by: [.system]),

            Transition(.partiallyFulfilled, .fulfilled, .fulfilled, by: [.system]),
            Transition(.partiallyFulfilled, .delivered, .delivered, by: [.system]),
            Transition(.partiallyFulfilled, .escalate, .needsAttention, by: [.system]),

            Transition(.fulfilled, .delivered, .delivered, by: [.system]),
            Transition(.fulfilled, .escalate, .needsAttention, by: [.system]),
        ]
    }

    /// A restarted order begins again, or goes on from the furthest fact that is recorded for it.
    private static var afterAttention: [Transition] {
        [
            Transition(.needsAttention, .restart, .received, by: [.system, .staff]),
            Transition(.needsAttention, .salesOrderCreated, .pendingFulfillment, by: [.system]),
            Transition(.needsAttention, .dispatched, .dispatched, by: [.system]),
            Transition(.needsAttention, .partiallyFulfilled, .partiallyFulfilled, by: [.system]),
            Transition(.needsAttention, .fulfilled, .fulfilled, by: [.system]),
            Transition(.needsAttention, .delivered, .delivered, by: [.system]),
            Transition(.needsAttention, .cancel, .cancelled, by: [.system, .staff]),
        ]
    }
}

/// The table of an order's states.
public typealias OrderLifeCycle = LifeCycle<OrderStatus, OrderEvent>
