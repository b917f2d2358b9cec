import Commerce
import Contracts
import Messaging

/// The warehouse is done with the order.
struct NoteDispatchClosed: EventHandler {
    func handle(_ event: DispatchClosed, in transaction: HandlerTransaction) async throws {
        let orders = OrderStore(transaction)
        guard var order = try await orders.lockIfPresent(event.orderID) else { return }
        if order.reason?.code == NoteDispatchHeld.code {
            order.reason = nil
            try await orders.save(order)
        }
        try await Timeline(event.orderID, transaction).append(
            TimelineEntry(
                "dispatch.closed", Self.summary(event), actor: ServiceName.tracking.rawValue,
                externalRef: event.number, dedupeKey: event.number))
    }

    private static func summary(_ event: DispatchClosed) -> String {
        let packages = event.packages == 1 ? "1 package" : "\(event.packages) packages"
        return switch event.outcome {
        case .complete: "The warehouse shipped everything in \(packages)."
        case .short: "The warehouse closed the order short after \(packages): \(event.description)."
        case .cancelled: "The warehouse cancelled the order: \(event.description)."
        }
    }
}
