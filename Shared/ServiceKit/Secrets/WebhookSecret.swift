import Commerce
import Crypto
import Foundation

/// The secret that an endpoint's deliveries are signed with: `whsec_` and random bytes in base64.
///
/// Source: Standard Webhooks 1.0.0, signature scheme `v1`.
public struct WebhookSecret: Sendable, Equatable {
    private static let prefix = "whsec_"
    // Standard Webhooks asks for 24 to 64.
    private static let byteCount = 32

    private let bytes: [UInt8]

    /// Makes a new one from the system's randomness.
    public init() {
        var generator = SystemRandomNumberGenerator()
        bytes = (0..<Self.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// Nil for a text that is no such secret.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let bytes = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            (24...64).contains(bytes.count)
        else { return nil }
        self.bytes = Array(bytes)
    }

    /// The secret itself: to be shown once, to the one who asked for it.
    public func reveal() -> String { Self.prefix + Data(bytes).base64EncodedString() }

    /// `v1,…` over the message's id, the attempt's Unix time and the exact bytes of the body.
    public func signature(id: String, timestamp: Int, body: [UInt8]) -> String {
        var code = HMAC<SHA256>(key: SymmetricKey(data: bytes))
        code.update(data: Array("\(id).\(timestamp).".utf8))
        code.update(data: body)
        return "v1," + Data(code.finalize()).base64EncodedString()
    }
}

extension WebhookSecret {
    private static let purpose = "webhook"

    public func sealed(in box: SecretBox, for workspace: WorkspaceID) throws -> SealedSecret {
        try box.seal(bytes, workspace: workspace, name: Self.purpose)
    }

    public init(opening sealed: SealedSecret, in box: SecretBox, of workspace: WorkspaceID) throws {
        bytes = try box.open(sealed, workspace: workspace, name: Self.purpose)
    }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "redacted" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
