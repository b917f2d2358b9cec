import Crypto
import Foundation

/// Checks `X-Shopify-Hmac-Sha256`: base64 of HMAC-SHA256 over the raw body, keyed with the app's client secret.
///
/// *Guarantees*: constant time; any active secret is taken; a delivery that names another shop is refused.
/// *Not guaranteed*: the headers are not signed; only the body is.
public struct ShopifyWebhookVerifier: WebhookVerifier {
    private let secrets: [String]
    private let shopDomain: String

    public init(settings: ShopifySettings) {
        secrets = settings.webhookSecrets
        shopDomain = settings.shopDomain
    }

    public func verify(_ webhook: InboundWebhook) -> WebhookVerdict {
        guard let signature = webhook.header("X-Shopify-Hmac-Sha256") else { return .rejected(.missingSignature) }
        guard isSigned(webhook.body, signature) else { return .rejected(.badSignature) }
        if let sender = webhook.header("X-Shopify-Shop-Domain"), sender.lowercased() != shopDomain.lowercased() {
            return .rejected(.wrongSender)
        }
        guard let topic = webhook.header("X-Shopify-Topic") else { return .rejected(.missingTopic) }
        return .accepted(
            AcceptedWebhook(
                topic: topic,
                deliveryID: webhook.header("X-Shopify-Webhook-Id"),
                eventID: webhook.header("X-Shopify-Event-Id"),
                triggeredAt: webhook.header("X-Shopify-Triggered-At"),
                body: webhook.body))
    }

    private func isSigned(_ body: [UInt8], _ signature: String) -> Bool {
        guard let code = Data(base64Encoded: signature) else { return false }
        return ConstantTime.anySecret(of: secrets) { secret in
            let key = SymmetricKey(data: Array(secret.utf8))
            return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key)
        }
    }
}
