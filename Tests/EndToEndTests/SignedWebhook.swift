import Crypto
import Foundation
import Support

/// A Shopify webhook as the shop would send it: signed over the raw body.
struct SignedWebhook {
    let stack: RunningStack
    let body: String

    func post(topic: String, deliveryID: String, signature: String? = nil) async throws -> Int {
        let key = SymmetricKey(data: Data(stack["STATESET_SHOPIFY_WEBHOOK_SECRET"].utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: key)
        let url = "\(stack["STATESET_GATEWAY_URL"])/webhooks/shopify/\(stack.workspace)"
        let headers = [
            ("x-shopify-topic", topic),
            ("x-shopify-hmac-sha256", signature ?? Data(code).base64EncodedString()),
            ("x-shopify-shop-domain", stack["STATESET_SHOPIFY_SHOP"]),
            ("x-shopify-webhook-id", deliveryID),
            ("x-shopify-event-id", "event-\(deliveryID)"),
        ]
        return try await stack.send("POST", url, body, headers).status
    }
}
