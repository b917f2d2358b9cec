import Commerce
import Contracts
import Messaging

/// A package is written down in another system.
struct NoteShipmentRecorded: EventHandler {
    func handle(_ event: ShipmentRecorded, in transaction: HandlerTransaction) async throws {
        guard try await OrderStore(transaction).lockIfPresent(event.orderID) != nil else { return }
        let kind = event.kind.replacing("_", with: " ")
        try await Timeline(event.orderID, transaction).append(
            TimelineEntry(
                ShipmentRecorded.type, "A package is recorded as \(kind) at \(event.provider).",
                actor: ServiceName.tracking.rawValue, externalRef: event.externalID,
                dedupeKey: "\(event.shipmentID):\(event.kind)"))
    }
}
