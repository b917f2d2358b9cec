import Commerce
import Contracts
import Messaging

/// Sends deliveries again.
struct ResendDeliveriesHandler: CommandHandler {
    func handle(
        _ command: ResendDeliveries, in transaction: HandlerTransaction
    ) async throws -> ResendDeliveries.Reply {
        let store = DeliveryStore(transaction)
        let (subject, resent): (String, Int)
        switch (command.deliveryID, command.webhookID, command.filter) {
        case (let id?, nil, nil):
            (subject, resent) = (id.description, try await store.resend(id))
            guard resent == 1 else { throw Refusal(code: "not_found", message: "There is no delivery \(id).") }
        case (nil, let id?, let filter?):
            let webhook = try await WebhookStore(transaction).lock(id)
            (subject, resent) = (id.description, try await store.resend(of: webhook.id, filter))
        default:
            throw Refusal(code: "bad_resend", message: "Name a delivery, or a webhook with a filter.")
        }
        try await transaction.audit(
            AuditEntry(
                action: "webhook.resent", subject: subject, reason: nil,
                after: try RawJSON(encoding: ["resent": resent])))
        return ResendDeliveries.Reply(resent: resent)
    }
}
