import Commerce
import Foundation

/// Checks `Stripe-Signature` over time and raw body.
///
/// *Guarantees*: constant time; any active secret is taken; a signature older than the tolerance is refused, so that a
/// delivery that was overheard cannot be played again. Thin events of API v2 are refused.
public struct StripeWebhookVerifier: WebhookVerifier {
    private let secrets: [String]
    private let tolerance: TimeInterval
    private let clock: any WallClock

    /// - Parameter clock: real time, never the adjustable clock: Stripe signs with its own.
    public init(settings: StripeSettings, clock: any WallClock = SystemClock()) {
        secrets = settings.webhookSecrets
        tolerance = TimeInterval(settings.webhookToleranceSeconds)
        self.clock = clock
    }

    public func verify(_ webhook: InboundWebhook) -> WebhookVerdict {
        guard let header = webhook.header("Stripe-Signature") else { return .rejected(.missingSignature) }
        guard let signature = StripeSignature(header),
            ConstantTime.anySecret(of: secrets, passes: { signature.isSigned(webhook.body, secret: $0) })
        else { return .rejected(.badSignature) }
        guard clock.now.timeIntervalSince1970 - TimeInterval(signature.timestamp) <= tolerance else {
            return .rejected(.badSignature)
        }
        guard let event = try? StripeEvent(json: webhook.body) else { return .rejected(.malformedBody) }
        guard !event.type.isEmpty else { return .rejected(.missingTopic) }
        return .accepted(
            AcceptedWebhook(
                topic: event.type, deliveryID: nil, eventID: event.id, triggeredAt: event.createdAt.map(String.init),
                body: webhook.body))
    }
}
