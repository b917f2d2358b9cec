import Contracts
import Messaging

/// The warehouse has an order: from now on it is asked about.
struct OpenWarehouseOrder: EventHandler {
    func handle(_ event: OrderDispatched, in transaction: HandlerTransaction) async throws {
        try await WarehouseOrderStore(transaction)
            .open(event.number, orderID: event.orderID, salesOrderID: event.salesOrderID)
    }
}
