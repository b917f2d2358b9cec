import Crypto
import Foundation

/// An API key as its holder has it: `sk_` and 32 random bytes in 43 characters of base64url. Only its hash is stored.
public struct KeySecret: Sendable, Equatable {
    private static let prefix = "sk_"
    private static let byteCount = 32

    private let text: String

    /// Makes a new one from the system's randomness.
    public init() {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<Self.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        text = Self.prefix + Base64URL.encode(bytes)
    }

    /// Nil for a text that cannot be a key: it is not even looked up.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), Base64URL.decode(String(text.dropFirst(3)))?.count == Self.byteCount else {
            return nil
        }
        self.text = text
    }

    /// SHA-256. The key has 256 random bits, so a slow hash would protect nothing.
    public var hash: [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }

    /// The key itself: to be shown once, to the one who made it.
    public func reveal() -> String { text }
}

extension KeySecret: CustomStringConvertible, CustomReflectable {
    public var description: String { "redacted" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
