import Commerce
import Crypto
import Foundation
import Messaging

/// An event as endpoints get it, in the bytes that are stored, signed and sent.
///
/// Source: Standard Webhooks: `{"type","timestamp","data"}`, the timestamp being that of the event.
struct WebhookMessage: Sendable {
    let id: String
    let type: String
    let subject: String
    let occurredAt: Date
    let body: [UInt8]

    /// - Parameter id: without a dot, which separates the parts of what is signed.
    init(id: String, type: String, subject: String, occurredAt: Date, data: RawJSON) throws {
        self.id = id
        self.type = type
        self.subject = subject
        self.occurredAt = occurredAt
        body =
            RawJSON(members: [
                ("type", try RawJSON(encoding: type)), ("timestamp", try RawJSON(encoding: WireJSON.text(occurredAt))),
                ("data", data),
            ]).bytes
    }

    init(_ envelope: Envelope, now: Date) throws {
        let attributes = envelope.attributes
        let data = try envelope.rawData()
        guard data.members != nil else { throw MalformedMessage("'data' of a public event must be an object") }
        try self.init(
            id: Self.id(of: attributes.id), type: attributes.type, subject: attributes.subject ?? attributes.id,
            occurredAt: attributes.time ?? now, data: data)
    }

    /// The same for the same message however often it comes; a person may have given it any id.
    private static func id(of message: String) -> String {
        if let uuid = UUID(uuidString: message) { return "evt_\(uuid.hexDigits)" }
        let digest = SHA256.hash(data: Data(message.utf8))
        return "evt_" + digest.prefix(16).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
