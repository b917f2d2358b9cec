/// Where an order stands, as it is shown to people and programs.
public enum OrderStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case received
    case onHold = "on_hold"
    /// The sales order exists; the warehouse does not know of it yet.
    case pendingFulfillment = "pending_fulfillment"
    /// The warehouse has the order.
    case dispatched
    case partiallyFulfilled = "partially_fulfilled"
    case fulfilled
    /// Every package has arrived.
    case delivered
    case cancelled
    case needsAttention = "needs_attention"
}

/// What moves an order from one status to the next.
public enum OrderEvent: String, Hashable, Sendable, Codable, CaseIterable {
    case hold
    /// Ends a hold of an order without a sales order.
    case release
    /// Ends a hold of an order whose sales order exists.
    case resume
    case salesOrderCreated = "sales_order_created"
    case dispatched
    case partiallyFulfilled = "partially_fulfilled"
    case fulfilled
    case delivered
    case cancel
    case escalate
    /// Starts over an order that needed attention.
    case restart
}
