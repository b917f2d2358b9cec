import Crypto
import Foundation

/// Checks `X-Zendesk-Webhook-Signature`: base64 of HMAC-SHA256 over timestamp and raw body, keyed with the signing secret.
///
/// *Guarantees*: constant time; any active secret is taken; a signature older than five minutes is refused.
public struct ZendeskWebhookVerifier: WebhookVerifier {
    // LIMIT: what providers of signed timestamps agree on; covers clocks that differ and a slow delivery.
    private static let ageMaxSeconds = 300.0

    private let secrets: [String]
    private let now: @Sendable () -> Date

    /// With the machine's clock.
    public init(settings: ZendeskSettings) {
        self.init(settings: settings, now: { Date.now })  // real time
    }

    /// - Parameter now: real time, never the adjustable clock: Zendesk signs with its own.
    public init(settings: ZendeskSettings, now: @escaping @Sendable () -> Date) {
        secrets = settings.webhookSecrets
        self.now = now
    }

    public func verify(_ webhook: InboundWebhook) -> WebhookVerdict {
        guard let signature = webhook.header("X-Zendesk-Webhook-Signature"),
            let timestamp = webhook.header("X-Zendesk-Webhook-Signature-Timestamp")
        else { return .rejected(.missingSignature) }
        guard isSigned(Array(timestamp.utf8) + webhook.body, signature), isFresh(timestamp) else {
            return .rejected(.badSignature)
        }
        guard let notification = try? ZendeskNotification(json: webhook.body) else {
            return .rejected(.malformedBody)
        }
        guard let event = notification.event else { return .rejected(.missingTopic) }
        return .accepted(
            AcceptedWebhook(
                topic: event, deliveryID: webhook.header("X-Zendesk-Webhook-Invocation-Id"), eventID: nil,
                triggeredAt: timestamp, body: webhook.body))
    }

    private func isSigned(_ content: [UInt8], _ signature: String) -> Bool {
        guard let code = Data(base64Encoded: signature) else { return false }
        return ConstantTime.anySecret(of: secrets) { secret in
            let key = SymmetricKey(data: Array(secret.utf8))
            return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: content, using: key)
        }
    }

    private func isFresh(_ timestamp: String) -> Bool {
        let styles: [Date.ISO8601FormatStyle] = [.iso8601, .init(includingFractionalSeconds: true)]
        guard let signed = styles.lazy.compactMap({ try? Date(timestamp, strategy: $0) }).first else { return false }
        return abs(now().timeIntervalSince(signed)) <= Self.ageMaxSeconds
    }
}
