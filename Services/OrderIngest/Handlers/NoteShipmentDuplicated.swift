import Commerce
import Contracts
import Messaging

/// A package is written down twice in another system: shown on the order for a person to undo.
struct NoteShipmentDuplicated: EventHandler {
    func handle(_ event: ShipmentDuplicated, in transaction: HandlerTransaction) async throws {
        guard try await OrderStore(transaction).lockIfPresent(event.orderID) != nil else { return }
        let kind = event.kind.replacing("_", with: " ")
        let ids = event.externalIDs.joined(separator: ", ")
        try await Timeline(event.orderID, transaction).append(
            TimelineEntry(
                ShipmentDuplicated.type,
                "Package \(event.number) is recorded more than once as \(kind) at \(event.provider) (\(ids)); cancel one there.",
                actor: ServiceName.tracking.rawValue, externalRef: event.number,
                dedupeKey: "\(event.provider):\(event.kind):\(ids)"))
    }
}
