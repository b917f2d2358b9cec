import Commerce
import Foundation

/// Checks `X-Recharge-Webhook-Signature`, and the older `X-Recharge-Hmac-Sha256` only where the first is absent.
///
/// *Guarantees*: constant time; any active secret is taken; a signature more than two days off is refused (retries
/// carry the first attempt's). *Not guaranteed*: the older code has no time in it.
public struct RechargeWebhookVerifier: WebhookVerifier {
    // LIMIT: Recharge's own: retries go on for about two days.
    private static let tolerance: TimeInterval = 172_800

    private let secrets: [String]
    private let clock: any WallClock

    /// - Parameter clock: real time, never the adjustable clock.
    public init(settings: RechargeSettings, clock: any WallClock = SystemClock()) {
        secrets = settings.clientSecrets
        self.clock = clock
    }

    public func verify(_ webhook: InboundWebhook) -> WebhookVerdict {
        if let header = webhook.header("X-Recharge-Webhook-Signature") {
            guard isCurrent(header, webhook.body) else { return .rejected(.badSignature) }
        } else if let code = webhook.header("X-Recharge-Hmac-Sha256") {
            guard isLegacy(code, webhook.body) else { return .rejected(.badSignature) }
        } else {
            return .rejected(.missingSignature)
        }
        guard let event = try? RechargeEvent(json: webhook.body) else { return .rejected(.malformedBody) }
        // WHY: the topic's header is documented nowhere; without it the kind of thing is topic enough to read it again.
        guard let topic = webhook.header("X-Recharge-Topic") ?? event.kind else { return .rejected(.missingTopic) }
        return .accepted(
            AcceptedWebhook(topic: topic, deliveryID: nil, eventID: nil, triggeredAt: nil, body: webhook.body))
    }

    private func isCurrent(_ header: String, _ body: [UInt8]) -> Bool {
        guard let signature = StripeSignature(header),
            ConstantTime.anySecret(of: secrets, passes: { signature.isSigned(body, secret: $0) })
        else { return false }
        let age = clock.now.timeIntervalSince1970 - TimeInterval(signature.timestamp)
        return abs(age) <= Self.tolerance
    }

    private func isLegacy(_ code: String, _ body: [UInt8]) -> Bool {
        ConstantTime.anySecret(of: secrets) { secret in
            ConstantTime.areEqual(code, RechargeSignature.legacyCode(body, secret: secret))
        }
    }
}
