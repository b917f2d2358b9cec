/// Checks `X-Webhook-Token`, the header that the webhook was registered with.
///
/// *Guarantees*: constant time; any active token is taken.
/// *Not guaranteed*: ShipStation's own RSA signature is not checked, its scheme being documented nowhere; the body is a
/// hint, so read the tracking before acting on it.
public struct ShipStationWebhookVerifier: WebhookVerifier {
    private let tokens: [String]

    public init(settings: ShipStationSettings) {
        tokens = settings.webhookTokens
    }

    public func verify(_ webhook: InboundWebhook) -> WebhookVerdict {
        guard let token = webhook.header("X-Webhook-Token") else { return .rejected(.missingSignature) }
        guard ConstantTime.anySecret(of: tokens, passes: { ConstantTime.areEqual($0, token) }) else {
            return .rejected(.badSignature)
        }
        guard let notification = try? ShipStationNotification(json: webhook.body) else {
            return .rejected(.malformedBody)
        }
        guard let type = notification.resourceType else { return .rejected(.missingTopic) }
        // WHY: a delivery has no id of its own; equal bodies are the same scan, and the body tells every scan so far.
        return .accepted(
            AcceptedWebhook(
                topic: Self.topic(type), deliveryID: nil, eventID: nil,
                triggeredAt: notification.tracking?.events.first?.occurredAt, body: webhook.body))
    }

    /// `API_TRACK` is the topic `track`.
    private static func topic(_ type: String) -> String {
        let word = type.lowercased()
        return word.hasPrefix("api_") ? String(word.dropFirst(4)) : word
    }
}
