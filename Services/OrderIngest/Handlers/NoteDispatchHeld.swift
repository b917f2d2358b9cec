import Commerce
import Contracts
import Messaging

/// The warehouse waits for a person, or goes on again: shown as the reason of the order's status.
struct NoteDispatchHeld: EventHandler {
    static let code = "warehouse_hold"

    func handle(_ event: DispatchHeld, in transaction: HandlerTransaction) async throws {
        let orders = OrderStore(transaction)
        guard var order = try await orders.lockIfPresent(event.orderID) else { return }
        let hold = Refusal(code: Self.code, message: "The warehouse holds the order: \(event.description).")
        let isShown = event.held ? order.reason == hold : order.reason?.code != Self.code
        guard !isShown else { return }
        order.reason = event.held ? hold : nil
        try await orders.save(order)
        try await Timeline(event.orderID, transaction).append(
            TimelineEntry(
                "dispatch.held",
                event.held ? hold.message : "The warehouse goes on with the order.",
                actor: ServiceName.tracking.rawValue, externalRef: event.number, dedupeKey: transaction.cause))
    }
}
