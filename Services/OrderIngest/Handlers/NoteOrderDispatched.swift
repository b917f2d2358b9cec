import Commerce
import Contracts
import Messaging

/// The warehouse has the order: its number there is one of the order's ids.
struct NoteOrderDispatched: EventHandler {
    func handle(_ event: OrderDispatched, in transaction: HandlerTransaction) async throws {
        guard try await OrderStore(transaction).lockIfPresent(event.orderID) != nil else { return }
        let timeline = Timeline(event.orderID, transaction)
        // WHY: events may overtake each other; a number that was given back is not taken up again.
        if try await !timeline.contains(NoteDispatchCancelled.type, dedupeKey: event.number) {
            try await ExternalIDStore(transaction).add(event.number, at: "dcl", to: event.orderID)
        }
        try await timeline.append(
            TimelineEntry(
                "order.dispatched", "The order was sent to the warehouse as \(event.number).",
                actor: ServiceName.fulfillmentDispatch.rawValue, externalRef: event.number, dedupeKey: event.number))
    }
}
