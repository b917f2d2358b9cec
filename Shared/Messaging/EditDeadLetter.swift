import Commerce
import Foundation

/// Corrects a dead letter, then sends it back to the queue it came from. What came first stays in its row.
///
/// Refused with `not_found`, `not_open`, `bad_data` or `bad_message`.
public struct EditDeadLetter: Codable, Sendable {
    public static let name = "EditDeadLetter"

    public var id: DeadLetterID
    public var reason: String
    /// The corrected `data` as JSON text; the rest of the envelope stays as it is.
    public var data: String?
    /// Instead, where the letter is no envelope: the whole message as JSON text.
    public var message: String?

    public init(id: DeadLetterID, reason: String, data: String? = nil, message: String? = nil) {
        self.id = id
        self.reason = reason
        self.data = data
        self.message = message
    }
}

extension MessageHandler {
    static let editDeadLetter = deadLetterVerb(EditDeadLetter.name) { (command: EditDeadLetter, transaction) in
        let letter = try await OpenDeadLetter.lock(command.id, in: transaction)
        let corrected = try corrected(letter, by: command, in: transaction.workspaceID)
        // WHY: it says something else now, which the inbox must not take for what it knows of the letter.
        var attributes = corrected.attributes
        attributes.causationid = attributes.id
        attributes.id = UUIDv7.make().uuidString.lowercased()
        try await letter.requeue(attributes, data: corrected.rawData(), in: transaction)
        try await transaction.audit(
            AuditEntry(
                action: "dead_letter.edit", subject: command.id.description, reason: command.reason,
                before: letter.data, after: corrected.rawData().storable))
    }

    private static func corrected(
        _ letter: OpenDeadLetter, by command: EditDeadLetter, in workspaceID: WorkspaceID
    ) throws -> Envelope {
        if let data = command.data {
            guard isObject(data) else { throw Refusal(code: "bad_data", message: "data is not a JSON object") }
            return try Envelope(letter.envelope().attributes, data: RawJSON(text: data))
        }
        guard let message = command.message else {
            throw Refusal(code: "bad_data", message: "give the corrected data or the whole message")
        }
        return try replacement(for: letter, message, in: workspaceID)
    }

    /// A whole message may stand in for what cannot be read. It must not become a way to send anything to anybody.
    private static func replacement(
        for letter: OpenDeadLetter, _ message: String, in workspaceID: WorkspaceID
    ) throws -> Envelope {
        let envelope: Envelope
        do {
            envelope = try Envelope(body: Array(message.utf8))
            guard isObject(try envelope.rawData().text) else { throw MalformedMessage("'data' is not an object") }
        } catch {
            throw Refusal(code: "bad_message", message: "it is not an envelope: \(error)")
        }
        guard envelope.attributes.workspaceid == workspaceID else {
            throw Refusal(code: "bad_message", message: "its workspaceid is not the letter's workspace")
        }
        if let type = try? letter.envelope().attributes.type, type != envelope.attributes.type {
            throw Refusal(code: "bad_message", message: "its type must stay \(type)")
        }
        return envelope
    }

    private static func isObject(_ text: String) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) is [String: Any]
    }
}
