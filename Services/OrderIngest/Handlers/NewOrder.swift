import Commerce
import Contracts
import Messaging

/// An order that was just stored: tells the timeline, and everybody where it starts.
struct NewOrder: Sendable {
    let order: OrderRow
    let transaction: HandlerTransaction

    /// - Parameter receivedID: the webhook that told of it, where one did.
    func announce(from origin: String, _ receivedID: ReceivedID? = nil) async throws {
        let timeline = Timeline(order.id, transaction)
        try await timeline.append(
            TimelineEntry("order.received", "\(order.document.number) came from \(origin).", dedupeKey: "once"))
        if let reason = order.reason {
            try await timeline.append(.notStarted(reason))
        } else {
            try transaction.publishReceived(order, receivedID)
        }
    }
}

extension HandlerTransaction {
    /// The order's saga starts with this.
    func publishReceived(_ order: OrderRow, _ receivedID: ReceivedID?) throws {
        try publish(
            OrderReceived(orderID: order.id, number: order.document.number, receivedID: receivedID),
            subject: "\(order.id)")
    }
}

extension TimelineEntry {
    static func notStarted(_ reason: Refusal) -> TimelineEntry {
        TimelineEntry("order.not_started", reason.message, dedupeKey: reason.code)
    }
}
