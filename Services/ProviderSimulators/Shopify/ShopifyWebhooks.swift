import Crypto
import Foundation

/// What the shop tells the platform, signed over the body with the app's secret.
extension ShopifySimulator {
    // The version the subscriptions were made with.
    private static let webhookVersion = "2023-01"

    /// Sends one delivery for each topic; deliveries of one event share its event id.
    mutating func announce(_ topics: [String], of order: ShopifyOrder, now: Date) {
        announce(topics.map { ($0, order.json()) }, now: now)
    }

    mutating func announce(_ messages: [(topic: String, payload: JSON)], now: Date) {
        let eventID = ids.event.takeUUID(prefix: "98880550-7158-44d4-b7cd")
        for message in messages {
            emit(webhook(message.topic, message.payload, eventID: eventID, now: now))
        }
    }

    private mutating func webhook(_ topic: String, _ payload: JSON, eventID: String, now: Date) -> OutgoingWebhook {
        let body = payload.bytes
        let deliveryID = ids.event.takeUUID(prefix: "b54557e4-bdd9-4b37-8a5f")
        return OutgoingWebhook(
            provider: Self.name, topic: topic, deliveryID: deliveryID, url: settings.webhookURL,
            headers: [
                .init(name: "Content-Type", value: "application/json"),
                .init(name: "X-Shopify-Topic", value: topic),
                .init(name: "X-Shopify-Hmac-Sha256", value: Self.signature(body, secret: settings.webhookSecret)),
                .init(name: "X-Shopify-Shop-Domain", value: settings.domain),
                .init(name: "X-Shopify-API-Version", value: Self.webhookVersion),
                .init(name: "X-Shopify-Webhook-Id", value: deliveryID),
                .init(name: "X-Shopify-Event-Id", value: eventID),
                .init(name: "X-Shopify-Triggered-At", value: Timestamps.utc(now)),
            ],
            body: body, retries: .shopify)
    }

    /// base64 of HMAC-SHA256 over the raw body.
    static func signature(_ body: [UInt8], secret: String) -> String {
        let key = SymmetricKey(data: Data(secret.utf8))
        return Data(HMAC<SHA256>.authenticationCode(for: body, using: key)).base64EncodedString()
    }
}
