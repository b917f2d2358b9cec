import Commerce
import Contracts
import Messaging

/// An order that was just stored: tells the timeline, and everybody where it starts.
struct NewOrder: Sendable {
    let order: OrderRow
    let transaction: HandlerTransaction

    func announce(from origin: String) async throws {
        let timeline = Timeline(order.id, transaction)
        try await timeline.append(
            TimelineEntry("order.received", "\(order.document.number) came from \(origin).", dedupeKey: "once"))
        if let reason = order.reason {
            try await timeline.append(.notStarted(reason))
        } else {
            try transaction.publishReceived(order)
        }
    }
}

extension HandlerTransaction {
    /// The order's saga starts with this.
    func publishReceived(_ order: OrderRow) throws {
        try publish(OrderReceived(orderID: order.id, number: order.document.number), subject: "\(order.id)")
    }
}

extension TimelineEntry {
    static func notStarted(_ reason: Refusal) -> TimelineEntry {
        TimelineEntry("order.not_started", reason.message, dedupeKey: reason.code)
    }
}
