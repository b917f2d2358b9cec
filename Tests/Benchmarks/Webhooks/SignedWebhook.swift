import Crypto
import Foundation

/// A signed webhook of about 3 kB, as the shop sends it; each has a delivery id of its own.
struct SignedWebhook: Sendable {
    private let head: [UInt8]
    private let tail: [UInt8]
    let body: [UInt8]

    init(workspace: String, shop: String, secret: String, bodyBytes: Int = 3_000) {
        let line = #"{"sku":"MIE-ROBE-S","quantity":2,"price":"74.50","title":"Robe"}"#
        let lines = Array(repeating: line, count: bodyBytes / (line.utf8.count + 1)).joined(separator: ",")
        body = Array(#"{"id":5678901234567,"email":"ana@example.com","line_items":[\#(lines)]}"#.utf8)
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
        head = Array("POST /webhooks/shopify/\(workspace) HTTP/1.1\r\nHost: gateway\r\nX-Shopify-Webhook-Id: ".utf8)
        tail = Array(
            """
            \r\nX-Shopify-Topic: orders/paid\r\nX-Shopify-Shop-Domain: \(shop)\r\nX-Shopify-Hmac-Sha256: \
            \(Data(code).base64EncodedString())\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n
            """.utf8)
    }

    func request(id: String) -> [UInt8] {
        head + Array(id.utf8) + tail + body
    }
}
