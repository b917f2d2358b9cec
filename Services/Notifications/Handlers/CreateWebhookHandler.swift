import Commerce
import Contracts
import Messaging

/// Sets up an endpoint.
struct CreateWebhookHandler: CommandHandler {
    // LIMIT: each event becomes a row for each of them.
    private static let countMax = 100

    func handle(_ command: CreateWebhook, in transaction: HandlerTransaction) async throws -> CreateWebhook.Reply {
        let store = WebhookStore(transaction)
        guard try await store.count() < Self.countMax else {
            throw Refusal(
                code: "too_many", message: "A workspace has at most \(Self.countMax) webhooks; remove one first.")
        }
        try await store.insert(command)
        try await WebhookSecretStore(transaction).rotate(to: command.secret, of: command.webhookID, overlap: .zero)
        try await transaction.audit(
            AuditEntry(
                action: "webhook.created", subject: command.webhookID.description, reason: command.reason,
                after: try RawJSON(encoding: WebhookAudit(url: command.url, events: command.events.map(\.rawValue)))))
        return CreateWebhook.Reply(webhookID: command.webhookID, secret: command.secret)
    }
}

/// What the audit log keeps of an endpoint.
struct WebhookAudit: Encodable {
    var url: String
    var events: [String]
}
