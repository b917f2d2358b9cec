import Crypto
import Foundation

/// What Stripe tells the platform, signed over time and body with the endpoint's secret.
extension StripeSimulator {
    private static let version = "2026-06-24.dahlia"

    mutating func announce(_ type: String, _ object: JSON, now: Date) {
        let digits = String(eventNumber.take(), radix: 36)
        let id = "evt_1QxT\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits)"
        let seconds = Int(now.timeIntervalSince1970)
        let body: JSON = [
            "id": .string(id), "object": "event", "api_version": .string(Self.version), "created": .int(seconds),
            "livemode": false, "pending_webhooks": 1, "request": cause, "type": .string(type),
            "data": ["object": object],
        ]
        let bytes = body.bytes
        let signature = Self.signature(bytes, at: seconds, secret: settings.webhookSecret)
        emit(
            OutgoingWebhook(
                provider: Self.name, topic: type, deliveryID: id, url: settings.webhookURL,
                headers: [
                    .init(name: "Content-Type", value: "application/json; charset=utf-8"),
                    .init(name: "Stripe-Signature", value: "t=\(seconds),v1=\(signature)"),
                ],
                body: bytes, retries: .stripe))
    }

    /// HMAC-SHA256 of `time.body` in hexadecimal.
    static func signature(_ body: [UInt8], at seconds: Int, secret: String) -> String {
        let signed = Array("\(seconds).".utf8) + body
        return HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: Array(secret.utf8)))
            .map { byte in byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }.joined()
    }
}

extension RetrySchedule {
    /// Quickly at first, then for three days. The signature is made anew by Stripe for each attempt; here it is kept,
    /// so attempts end while a receiver still takes it.
    static let stripe = RetrySchedule(
        waits: [1, 4, 16, 64].map { .seconds($0) }, last: nil, attemptsMax: 5)
}
