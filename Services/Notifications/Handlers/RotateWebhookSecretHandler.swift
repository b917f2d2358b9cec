import Commerce
import Contracts
import Messaging

/// Makes another secret current. Both sign for a day, so that the receiver can change over in its own time.
struct RotateWebhookSecretHandler: CommandHandler {
    static let overlap = Duration.hours(24)

    func handle(
        _ command: RotateWebhookSecret, in transaction: HandlerTransaction
    ) async throws -> RotateWebhookSecret.Reply {
        let webhook = try await WebhookStore(transaction).lock(command.webhookID)
        try await WebhookSecretStore(transaction).rotate(to: command.secret, of: webhook.id, overlap: Self.overlap)
        try await transaction.audit(
            AuditEntry(action: "webhook.secret_rotated", subject: webhook.id.description, reason: command.reason))
        return CreateWebhook.Reply(webhookID: webhook.id, secret: command.secret)
    }
}
