import Crypto
import Foundation

/// A Shopify webhook as the shop would send it: signed over the raw body.
public struct SignedWebhook: Sendable {
    private let stack: RunningStack
    private let body: String

    public init(stack: RunningStack, body: String) {
        self.stack = stack
        self.body = body
    }

    /// - Parameter gateway: the setting that holds the gateway's URL; its second replica has one of its own.
    /// - Returns: the status of the gateway's answer.
    public func post(
        topic: String, deliveryID: String, signature: String? = nil, gateway: String = "STATESET_GATEWAY_URL"
    ) async throws -> Int {
        let key = SymmetricKey(data: Data(stack["STATESET_SHOPIFY_WEBHOOK_SECRET"].utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: key)
        let url = "\(stack[gateway])/webhooks/shopify/\(stack.workspace)"
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
