/// Checks `X-Webhook-Token`: Gorgias signs nothing, so our integration sends a secret. The body is a hint; read the
/// ticket before acting on it.
///
/// *Guarantees*: constant time; any active token is taken. Deliveries are told apart by ticket, message and event.
public struct GorgiasWebhookVerifier: WebhookVerifier {
    private let tokens: [String]

    public init(settings: GorgiasSettings) {
        tokens = settings.webhookTokens
    }

    public func verify(_ webhook: InboundWebhook) -> WebhookVerdict {
        guard let token = webhook.header("X-Webhook-Token") else { return .rejected(.missingSignature) }
        guard ConstantTime.anySecret(of: tokens, passes: { ConstantTime.areEqual($0, token) }) else {
            return .rejected(.badSignature)
        }
        guard let notification = try? GorgiasNotification(json: webhook.body) else {
            return .rejected(.malformedBody)
        }
        guard let event = notification.event, let ticket = notification.ticketID else {
            return .rejected(.missingTopic)
        }
        // WHY: without a message or a time two changes of a ticket look alike; then only the whole body tells.
        let mark = notification.messageID ?? notification.updatedAt
        return .accepted(
            AcceptedWebhook(
                topic: event, deliveryID: nil, eventID: mark.map { "\(ticket):\($0)" },
                triggeredAt: notification.updatedAt, body: webhook.body))
    }
}
