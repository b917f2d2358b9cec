import Crypto
import Foundation

/// A short number for what has a long id: providers take 20 characters or so, and people write them down.
///
/// The same key has the same number always. Two keys of a hundred million have the same one with a chance of one in
/// four thousand; a provider that keeps numbers unique tells then.
enum ReturnNumber {
    /// Of one life of a return, as warehouse and carrier know it: `RMA-5D41402ABC4B2A76`.
    static func of(returnKey key: String) -> String { "RMA-\(short(key))" }

    /// Of a refund, as it stands in the books.
    static func of(refund id: String) -> String { "REF-\(short(id))" }

    private static func short(_ key: String) -> String {
        SHA256.hash(data: Data(key.utf8)).prefix(8).map { byte in
            let text = String(byte, radix: 16, uppercase: true)
            return byte < 16 ? "0\(text)" : text
        }.joined()
    }
}
