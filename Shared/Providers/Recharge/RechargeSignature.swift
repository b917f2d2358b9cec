import Crypto

/// The two codes that Recharge sends with a webhook.
enum RechargeSignature {
    /// `X-Recharge-Webhook-Signature`: HMAC-SHA256 of `time.body`, in hexadecimal.
    static func code(_ body: [UInt8], timestamp: Int, secret: String) -> String {
        StripeSignature.code(body, timestamp: timestamp, secret: secret)
    }

    /// `X-Recharge-Hmac-Sha256`: despite its name the SHA-256 of the secret followed by the body, in hexadecimal.
    static func legacyCode(_ body: [UInt8], secret: String) -> String {
        BodyHash.hex(Array(secret.utf8) + body)
    }
}
