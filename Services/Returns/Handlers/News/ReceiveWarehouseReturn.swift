import Commerce
import Contracts
import Messaging
import Providers
import Views

/// The warehouse tells that something has come in. It is a hint: the return is read again there.
///
/// *Failure*: ``MalformedMessage`` for a payload that is no notification.
struct ReceiveWarehouseReturn: Sendable {
    func handle(_ envelope: Envelope, in transaction: HandlerTransaction) async throws {
        let payload = try await ReceivedWebhook(envelope).payload(in: transaction)
        let notification: DCLNotification
        do {
            notification = try DCLNotification(json: payload)
        } catch {
            throw MalformedMessage("the payload is no notification of the warehouse")
        }
        guard let number = notification.returnNumber?.asWarehouseText else { return }
        guard let id = try await WarehouseReturnStore(transaction).known([number])[number] else {
            // What has come in of it is told where all that has changed there is read.
            if try await UnknownWarehouseReturn(number: number, transaction: transaction).keep() {
                try transaction.send(PollWarehouseReturns())
            }
            return
        }
        try transaction.send(ReadWarehouseReturn(returnID: id, number: number), subject: id.description)
    }
}
