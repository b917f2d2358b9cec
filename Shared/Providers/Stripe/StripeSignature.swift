import Crypto
import Foundation

/// The header `Stripe-Signature`: `t=1772619330,v1=…`; more than one `v1` while a secret is replaced.
struct StripeSignature: Equatable {
    let timestamp: Int
    /// The texts of `v1`; other schemes say nothing.
    let codes: [String]

    /// Nil for a header without a time.
    init?(_ header: String) {
        var timestamp: Int?
        var codes: [String] = []
        for part in header.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard sides.count == 2 else { continue }
            switch sides[0] {
            case "t": timestamp = Int(sides[1])
            case "v1": codes.append(sides[1])
            default: continue
            }
        }
        guard let timestamp else { return nil }
        self.timestamp = timestamp
        self.codes = codes
    }

    /// Whether one of the codes is the HMAC-SHA256 of `time.body` under the secret; looks at all of them.
    func isSigned(_ body: [UInt8], secret: String) -> Bool {
        let expected = Self.code(body, timestamp: timestamp, secret: secret)
        return ConstantTime.anySecret(of: codes) { ConstantTime.areEqual($0, expected) }
    }

    /// In hexadecimal. The key is the whole text of the secret, `whsec_` included.
    static func code(_ body: [UInt8], timestamp: Int, secret: String) -> String {
        var signed = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.utf8)))
        signed.update(data: Array("\(timestamp).".utf8))
        signed.update(data: body)
        return signed.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }
}
