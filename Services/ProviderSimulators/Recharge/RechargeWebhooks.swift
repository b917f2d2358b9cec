import Crypto
import Foundation

/// What Recharge tells the platform, under both of its codes.
extension RechargeSimulator {
    mutating func announce(_ topic: String, _ payload: JSON, now: Date) {
        let body = payload.bytes
        let seconds = Int(now.timeIntervalSince1970)
        let code = Self.signature(body, at: seconds, secret: settings.clientSecret)
        emit(
            OutgoingWebhook(
                provider: Self.name, topic: topic, deliveryID: eventNumber.takeUUID(prefix: "2b7f1c3e-9a4d-4e5f-8b6a"),
                url: settings.webhookURL,
                headers: [
                    .init(name: "Content-Type", value: "application/json"),
                    .init(name: "X-Recharge-Topic", value: topic),
                    .init(name: "X-Recharge-Webhook-Timestamp", value: "\(seconds)"),
                    .init(name: "X-Recharge-Webhook-Signature", value: "t=\(seconds),v1=\(code)"),
                    .init(
                        name: "X-Recharge-Hmac-Sha256",
                        value: Self.legacySignature(body, secret: settings.clientSecret)),
                ],
                body: body, retries: .recharge))
    }

    /// HMAC-SHA256 of `time.body` in hexadecimal.
    static func signature(_ body: [UInt8], at seconds: Int, secret: String) -> String {
        hex(
            HMAC<SHA256>.authenticationCode(
                for: Array("\(seconds).".utf8) + body, using: SymmetricKey(data: Array(secret.utf8))))
    }

    /// SHA-256 of the secret followed by the body: no HMAC, whatever its header says.
    static func legacySignature(_ body: [UInt8], secret: String) -> String {
        hex(SHA256.hash(data: Array(secret.utf8) + body))
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }.joined()
    }
}

extension RetrySchedule {
    /// Over two days, with the first attempt's signature.
    static let recharge = RetrySchedule(
        waits: [1, 4, 16, 64, 256, 1024].map { .seconds($0) }, last: .seconds(3600), attemptsMax: 54)
}
