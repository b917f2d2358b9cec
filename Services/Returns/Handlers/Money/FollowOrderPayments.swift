import Commerce
import Contracts
import Messaging

/// A new order: its payments are read in the shop.
struct FollowOrderPayments: EventHandler {
    func handle(_ event: OrderReceived, in transaction: HandlerTransaction) async throws {
        try transaction.send(
            ReadOrderPayments(orderID: event.orderID, receivedID: event.receivedID),
            subject: event.orderID.description)
    }
}
