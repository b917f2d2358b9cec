import Commerce
import Crypto
import Foundation

/// The left part of a mail's Message-ID: one fact, one mail.
enum MessageKey {
    /// The first 32 hexadecimal digits of SHA-256 over `template|subject|version`.
    static func of(_ template: String, _ subject: String, _ version: String) -> String {
        let digest = SHA256.hash(data: Data("\(template)|\(subject)|\(version)".utf8))
        return digest.prefix(16).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
