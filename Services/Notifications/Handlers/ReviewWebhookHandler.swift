import Contracts
import Messaging

/// Looks again at an endpoint that began to fail some time ago.
struct ReviewWebhookHandler: CommandHandler {
    func handle(_ command: ReviewWebhook, in transaction: HandlerTransaction) async throws -> Done {
        do {
            try await EndpointHealth(id: command.webhookID, transaction: transaction)
                .review(command.percent, streak: command.streak)
        } catch let refusal as Refusal where refusal.code == "not_found" {
            // Removed meanwhile.
        }
        return Done()
    }
}
