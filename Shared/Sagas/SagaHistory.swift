import Foundation
import Messaging

/// A saga with everything that is recorded of its current run: what is exported, imported, and kept as a golden
/// history that every build must still be able to replay.
///
/// The JSON form is stable: fields may be added, none is renamed.
public struct SagaHistory: Codable, Sendable {
    public var format = 1
    public var saga: Head
    public var steps: [Step]
    public var mail: [Mail]

    /// The saga itself. JSON values are kept as text, byte for byte.
    public struct Head: Codable, Sendable {
        public var name: String
        public var key: String
        public var subject: String?
        public var run: Int
        public var status: String
        public var businessStatus: String?
        public var attributes: [String: String]
        public var input: String
        public var output: String?
        public var error: Refusal?
        public var stuckReason: String?
        public var cause: Refusal?
        public var pausedAt: Date?
        public var pivoted: Bool
        public var compensation: String?
        public var nextSeq: Int
        public var startedAt: Date
        public var updatedAt: Date

        enum CodingKeys: String, CodingKey {
            case name, key, subject, run, status, attributes, input, output, error, cause, pivoted, compensation
            case businessStatus = "business_status"
            case stuckReason = "stuck_reason"
            case pausedAt = "paused_at"
            case nextSeq = "next_seq"
            case startedAt = "started_at"
            case updatedAt = "updated_at"
        }
    }

    public struct Step: Codable, Sendable {
        public var path: String
        public var kind: String
        public var name: String
        public var status: String
        public var seq: Int?
        public var owner: String?
        public var attempt: Int
        public var tries: Int
        public var request: String?
        public var replyWithinMilliseconds: Int?
        public var result: String?
        public var error: Refusal?
        public var eventID: Int?
        public var eventType: String?
        public var undo: UndoRecord?
        public var undoEvaluated: Bool
        public var lost: Bool
        public var trouble: String?
        public var dueAt: Date?
        public var deadlineAt: Date?
        public var startedAt: Date
        public var finishedAt: Date?

        enum CodingKeys: String, CodingKey {
            case path, kind, name, status, seq, owner, attempt, tries, request, result, error, undo, lost, trouble
            case replyWithinMilliseconds = "reply_within_ms"
            case eventID = "event_id"
            case eventType = "event_type"
            case undoEvaluated = "undo_evaluated"
            case dueAt = "due_at"
            case deadlineAt = "deadline_at"
            case startedAt = "started_at"
            case finishedAt = "finished_at"
        }
    }

    public struct Mail: Codable, Sendable {
        public var id: Int
        public var type: String
        public var data: String
        public var consumedRun: Int?
        public var consumedPath: String?

        enum CodingKeys: String, CodingKey {
            case id, type, data
            case consumedRun = "consumed_run"
            case consumedPath = "consumed_path"
        }
    }
}
