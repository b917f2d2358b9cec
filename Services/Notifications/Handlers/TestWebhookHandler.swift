import Commerce
import Contracts
import Messaging

/// Sends an endpoint an event that means nothing.
struct TestWebhookHandler: CommandHandler {
    static let type = "webhook.test"

    func handle(_ command: TestWebhook, in transaction: HandlerTransaction) async throws -> TestWebhook.Reply {
        let webhook = try await WebhookStore(transaction).lock(command.webhookID)
        guard webhook.status == .active else {
            throw Refusal(code: "not_allowed", message: "The webhook is \(webhook.status); resume it first.")
        }
        let id = DeliveryID()
        let message = try WebhookMessage(
            id: "evt_\(UUIDv7.make().hexDigits)", type: Self.type, subject: webhook.id.description,
            occurredAt: transaction.now, data: RawJSON(encoding: ["id": webhook.id.description]))
        try await DeliveryStore(transaction).queueTest(message, as: id, to: webhook.id)
        try await transaction.audit(
            AuditEntry(action: "webhook.test", subject: webhook.id.description, reason: command.reason))
        return TestWebhook.Reply(deliveryID: id)
    }
}
