import Commerce
import Crypto
import Foundation

/// Encrypts secrets at rest with AES-256-GCM.
///
/// *Guarantees*: what was sealed for one workspace and name cannot be opened for another (both are authenticated);
/// secrets sealed with any configured key can be opened, new ones use the active key.
public struct SecretBox: Sendable {
    private let keys: SecretKeys

    public init(_ keys: SecretKeys) {
        self.keys = keys
    }

    public func seal(_ secret: [UInt8], workspace: WorkspaceID, name: String) throws -> SealedSecret {
        let keyID = keys.activeID
        guard let key = keys.key(keyID) else { throw SecretBoxError.unknownKey(keyID) }
        let purpose = Self.purpose(workspace, name)
        let box = try AES.GCM.seal(secret, using: key, authenticating: purpose)
        guard let combined = box.combined else { throw SecretBoxError.notAuthentic }
        return SealedSecret(keyID: keyID, bytes: Array(combined))
    }

    /// Failure: `SecretBoxError`; nothing is returned that was changed or sealed for something else.
    public func open(_ sealed: SealedSecret, workspace: WorkspaceID, name: String) throws -> [UInt8] {
        guard let key = keys.key(sealed.keyID) else { throw SecretBoxError.unknownKey(sealed.keyID) }
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.bytes)
            return Array(try AES.GCM.open(box, using: key, authenticating: Self.purpose(workspace, name)))
        } catch {
            throw SecretBoxError.notAuthentic
        }
    }

    /// WHY: the workspace id has a fixed length, so that no pair of workspace and name gives the bytes of another.
    private static func purpose(_ workspace: WorkspaceID, _ name: String) -> [UInt8] {
        Array("\(workspace)/\(name)".utf8)
    }
}

/// An encrypted secret and the id of its key: nonce, ciphertext and tag in one.
public struct SealedSecret: Hashable, Sendable {
    public let keyID: String
    public let bytes: [UInt8]

    public init(keyID: String, bytes: [UInt8]) {
        self.keyID = keyID
        self.bytes = bytes
    }
}

/// Why a secret cannot be opened. Retrying does not help.
public enum SecretBoxError: Error, Equatable, CustomStringConvertible {
    case unknownKey(String)
    case notAuthentic

    public var description: String {
        switch self {
        case .unknownKey(let id):
            "the secret is encrypted with key '\(id)', which STATESET_SECRET_KEYS does not hold: add it"
        case .notAuthentic:
            "the secret was changed, or is of another workspace or name, or its key has another value now"
        }
    }
}
