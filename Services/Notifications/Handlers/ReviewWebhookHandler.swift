import Contracts
import Messaging

/// Looks again at an endpoint that began to fail some time ago.
struct ReviewWebhookHandler: CommandHandler {
    func handle(_ command: ReviewWebhook, in transaction: HandlerTransaction) async throws -> Done {
        try await EndpointHealth(id: command.webhookID, transaction: transaction)
            .review(command.percent, streak: command.streak)
        return Done()
    }
}
