import Commerce
import Contracts
import Messaging

/// The order was taken back from the warehouse.
struct NoteDispatchCancelled: EventHandler {
    static let type = "dispatch.cancelled"

    func handle(_ event: DispatchCancelled, in transaction: HandlerTransaction) async throws {
        let orders = OrderStore(transaction)
        guard var order = try await orders.lockIfPresent(event.orderID) else { return }
        if order.reason?.code == NoteDispatchHeld.code {
            order.reason = nil
            try await orders.save(order)
        }
        try await ExternalIDStore(transaction).remove(event.number, at: "dcl", from: event.orderID)
        try await Timeline(event.orderID, transaction).append(
            TimelineEntry(
                Self.type, "\(event.number) was taken back from the warehouse.",
                actor: ServiceName.fulfillmentDispatch.rawValue, externalRef: event.number, dedupeKey: event.number))
    }
}
