import Crypto
import Foundation

/// The keys that secrets at rest are encrypted with: one active, any number of former ones.
public struct SecretKeys: Sendable {
    /// The id of the key that new secrets are encrypted with.
    public let activeID: String
    private let keys: [String: SymmetricKey]

    /// Reads `id:base64key,id2:base64key2`; the first is the active one.
    ///
    /// Failure: `SecretKeysError` naming the entry by its position, never its contents.
    public init(parsing text: String) throws(SecretKeysError) {
        var keys: [String: SymmetricKey] = [:]
        var ids: [String] = []
        for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
            let (id, key) = try Self.parse(entry, position: ids.count + 1)
            guard keys.updateValue(key, forKey: id) == nil else {
                throw SecretKeysError(description: "entry \(ids.count + 1) has the id of an earlier one")
            }
            ids.append(id)
        }
        guard let first = ids.first else { throw SecretKeysError(description: "there is no key") }
        activeID = first
        self.keys = keys
    }

    func key(_ id: String) -> SymmetricKey? { keys[id] }

    private static func parse(
        _ entry: Substring, position: Int
    ) throws(SecretKeysError) -> (id: String, key: SymmetricKey) {
        let parts = entry.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2, !parts[0].isEmpty else {
            throw SecretKeysError(description: "entry \(position) is not of the form id:key")
        }
        guard let bytes = Data(base64Encoded: parts[1]), bytes.count == 32 else {
            throw SecretKeysError(description: "the key of entry \(position) is not 32 bytes in base64")
        }
        guard Set(bytes).count > 1 else {
            throw SecretKeysError(description: "the key of entry \(position) is a placeholder")
        }
        return (parts[0], SymmetricKey(data: bytes))
    }
}

extension SecretKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "redacted" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a list of keys cannot be used. Names no key.
public struct SecretKeysError: Error, Equatable, CustomStringConvertible {
    public let description: String
}

extension SettingsReader {
    public func secretKeys() throws(SettingsError) -> SecretKeys {
        let text = try text(.secretKeys)
        do {
            return try SecretKeys(parsing: text)
        } catch {
            throw .malformed(.secretKeys, error.description)
        }
    }
}
