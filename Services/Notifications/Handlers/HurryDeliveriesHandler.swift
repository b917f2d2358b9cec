import Commerce
import Contracts
import Messaging

/// Has deliveries tried soon that an endpoint's trouble has put off, part by part.
struct HurryDeliveriesHandler: CommandHandler {
    var batchMax = DeliveryStore.batchMax

    func handle(_ command: HurryDeliveries, in transaction: HandlerTransaction) async throws -> Done {
        let count = try await DeliveryStore(transaction).hurry(command, limit: batchMax)
        if count == batchMax { try transaction.send(command, subject: command.webhookID.description) }
        return Done()
    }
}
