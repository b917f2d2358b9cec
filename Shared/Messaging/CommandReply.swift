import Commerce
import Foundation

/// The answer to a command, as it is stored on the inbox row and as it travels.
public enum CommandReply: Sendable, Equatable {
    case accepted(RawJSON)
    case refused(Refusal)

    /// The CloudEvents `type` of every reply.
    public static let type = "reply"

    public init(body: Body) {
        if let error = body.error {
            self = .refused(error)
        } else {
            self = .accepted(RawJSON(text: body.result ?? "{}"))
        }
    }

    /// `data` of a reply. `result` is the reply's JSON as text, so that it passes through unread.
    public struct Body: Codable, Sendable {
        public var result: String?
        public var error: Refusal?
    }

    /// The JSON of ``body``.
    ///
    /// Written by hand: every reply of the platform is, once for its row and once for its message.
    var json: RawJSON {
        get throws {
            guard case .accepted(let result) = self else { return try RawJSON(encoding: body) }
            var text = JSONText(capacity: result.bytes.count + 64)
            text.append(#"{"result":"#)
            text.append(text: result.text)
            text.append("}")
            return RawJSON(bytes: text.bytes)
        }
    }

    public var body: Body {
        switch self {
        case .accepted(let result): Body(result: result.text, error: nil)
        case .refused(let refusal): Body(result: nil, error: refusal)
        }
    }
}

/// Tells the saga that its command is being tried again, so that an operator sees the attempt and the last error.
public struct CommandRetrying: Codable, Sendable {
    public static let type = "reply.retrying"

    public var attempt: Int
    public var error: Refusal
    public var nextAttemptAt: Date

    public init(attempt: Int, error: Refusal, nextAttemptAt: Date) {
        self.attempt = attempt
        self.error = error
        self.nextAttemptAt = nextAttemptAt
    }

    enum CodingKeys: String, CodingKey {
        case attempt, error
        case nextAttemptAt = "next_attempt_at"
    }
}

/// Tells the saga that its command was given up on: it shows as stuck until an operator requeues the message, which is
/// found by its id.
public struct CommandDeadLettered: Codable, Sendable {
    public static let type = "reply.dead_lettered"

    public var error: Refusal

    public init(error: Refusal) { self.error = error }
}
