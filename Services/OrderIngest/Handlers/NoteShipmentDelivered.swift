import Commerce
import Contracts
import Messaging

/// A package is with the customer.
struct NoteShipmentDelivered: EventHandler {
    func handle(_ event: ShipmentDelivered, in transaction: HandlerTransaction) async throws {
        guard try await OrderStore(transaction).lockIfPresent(event.orderID) != nil else { return }
        try await Timeline(event.orderID, transaction).append(
            TimelineEntry(
                ShipmentDelivered.type, "A package was delivered.", actor: ServiceName.tracking.rawValue,
                externalRef: event.trackingNumber, dedupeKey: "\(event.shipmentID)"))
    }
}
