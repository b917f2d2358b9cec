import Commerce
import Contracts
import Messaging

/// Changes an endpoint; deliveries that wait go to where it is now.
struct ChangeWebhookHandler: CommandHandler {
    func handle(_ command: ChangeWebhook, in transaction: HandlerTransaction) async throws -> Done {
        let store = WebhookStore(transaction)
        let before = try await store.lock(command.webhookID)
        var webhook = before
        webhook.url = command.url ?? before.url
        webhook.events = command.events?.map(\.rawValue) ?? before.events
        webhook.ordered = command.ordered ?? before.ordered
        webhook.description = command.description ?? before.description
        try await store.save(webhook)
        // WHY: nobody knows yet how the new place fares: it is not switched off for what the old one failed.
        if webhook.url != before.url,
            let ended = try await store.endStreak(of: webhook.id, liftsThrottle: true)
        {
            // It need not wait for what the old place has put off either: whether it is well shows at once.
            try EndpointHealth(id: webhook.id, transaction: transaction).hurry(after: ended.endpoint)
        }
        try await transaction.audit(
            AuditEntry(
                action: "webhook.changed", subject: webhook.id.description, reason: command.reason,
                before: try RawJSON(encoding: WebhookAudit(url: before.url, events: before.events)),
                after: try RawJSON(encoding: WebhookAudit(url: webhook.url, events: webhook.events))))
        return Done()
    }
}
