/// Checks `X-Webhook-Token`. The body is a hint; read the order before acting on it.
///
/// *Guarantees*: constant time; any active token is taken.
public struct DCLWebhookVerifier: WebhookVerifier {
    private let tokens: [String]

    public init(settings: DCLSettings) {
        tokens = settings.webhookTokens
    }

    public func verify(_ webhook: InboundWebhook) -> WebhookVerdict {
        guard let token = webhook.header("X-Webhook-Token") else { return .rejected(.missingSignature) }
        guard ConstantTime.anySecret(of: tokens, passes: { ConstantTime.areEqual($0, token) }) else {
            return .rejected(.badSignature)
        }
        guard let notification = try? DCLNotification(json: webhook.body) else { return .rejected(.malformedBody) }
        guard let event = notification.event else { return .rejected(.missingTopic) }
        return .accepted(
            AcceptedWebhook(
                topic: event, deliveryID: notification.eventID, eventID: notification.eventID,
                triggeredAt: notification.occurredAt, body: webhook.body))
    }
}
