import Commerce
import Contracts
import Messaging

/// Pauses, resumes or removes an endpoint.
struct OperateWebhookHandler: CommandHandler {
    func handle(_ command: OperateWebhook, in transaction: HandlerTransaction) async throws -> Done {
        let store = WebhookStore(transaction)
        let webhook = try await store.lock(command.webhookID)
        switch (command.verb, webhook.status) {
        case (.pause, .active):
            try await store.setStatus(.paused, reason: "Paused by \(transaction.context.actor).", of: webhook.id)
            // WHY: nobody calls it now, so it cannot show that it is well: what it failed before must not switch it off.
            try await store.endStreak(of: webhook.id, liftsThrottle: true)
        case (.resume, .paused), (.resume, .disabled):
            try await store.setStatus(.active, reason: nil, of: webhook.id)
            try await store.endStreak(of: webhook.id, liftsThrottle: true)
            let hurry = HurryDeliveries(webhookID: webhook.id, since: transaction.now)
            _ = try await HurryDeliveriesHandler().handle(hurry, in: transaction)
        case (.remove, _):
            try await store.setStatus(.removed, reason: nil, of: webhook.id)
            try await WebhookSecretStore(transaction).deleteAll(of: webhook.id)
        case (.pause, _), (.resume, _):
            throw Refusal(
                code: "not_allowed", message: "The webhook is \(webhook.status); \(command.verb) does not apply.")
        }
        try await transaction.audit(
            AuditEntry(
                action: "webhook.\(command.verb.rawValue)", subject: webhook.id.description, reason: command.reason,
                before: try RawJSON(encoding: ["status": webhook.status.rawValue])))
        return Done()
    }
}
