import Commerce
import Contracts
import Messaging

/// A package left the warehouse.
struct NoteShipmentShipped: EventHandler {
    func handle(_ event: ShipmentShipped, in transaction: HandlerTransaction) async throws {
        guard try await OrderStore(transaction).lockIfPresent(event.orderID) != nil else { return }
        let content = event.lines.map { "\($0.quantity) × \($0.sku)" }.joined(separator: ", ")
        let carrier = event.carrier.map { " with \($0)" } ?? ""
        try await Timeline(event.orderID, transaction).append(
            TimelineEntry(
                ShipmentShipped.type, "A package left the warehouse\(carrier): \(content).",
                actor: ServiceName.tracking.rawValue, externalRef: event.trackingNumber,
                dedupeKey: "\(event.shipmentID)"))
    }
}
