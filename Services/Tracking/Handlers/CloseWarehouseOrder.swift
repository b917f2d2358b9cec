import Contracts
import Messaging

/// An order was taken back from the warehouse: there is nothing to ask about any more.
struct CloseWarehouseOrder: EventHandler {
    func handle(_ event: DispatchCancelled, in transaction: HandlerTransaction) async throws {
        try await WarehouseOrderStore(transaction).cancel(event.number, orderID: event.orderID)
    }
}
