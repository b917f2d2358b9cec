import Foundation
import Messaging

/// One operation of a saga, as it is recorded.
public struct SagaStep: Sendable, Equatable {
    /// Which operation: `3`. An undo is addressed as `3/undo`.
    public var path: String
    public var kind: Kind
    /// The command or event type; `sleep`, `pivot`.
    public var name: String
    public var status: Status
    /// The place in the order in which results were recorded; `nil` while there is none.
    public var seq: Int?
    /// Of a command: its owner, and which try of an operator this is.
    public var owner: ServiceName?
    public var attempt = 1
    /// How often the owner has tried, as it tells while it does.
    public var tries = 0
    public var request: RawJSON?
    public var replyWithin: Duration?
    public var result: RawJSON?
    public var error: Refusal?
    /// Of a wait: the event that ended it.
    public var eventID: Int?
    public var eventType: String?
    public var undo: UndoRecord?
    public var undoEvaluated = false
    /// Of a sleep, a wait or an attempt: when it ends by itself.
    public var dueAt: Date?
    /// When silence makes the saga stuck.
    public var deadlineAt: Date?
    public var startedAt: Date
    public var finishedAt: Date?

    public enum Kind: String, Sendable, CaseIterable {
        case perform, attempt, wait, sleep, pivot
    }

    public enum Status: String, Sendable, CaseIterable {
        case issued, completed, refused
        case timedOut = "timed_out"
        /// Given up by a cancel before it came about.
        case cancelled
    }

    public init(path: String, kind: Kind, name: String, status: Status, startedAt: Date) {
        self.path = path
        self.kind = kind
        self.name = name
        self.status = status
        self.startedAt = startedAt
    }

    var isCommand: Bool { kind == .perform || kind == .attempt }
    var undoPath: String { "\(path)/undo" }
}

/// What takes a step back: data, so that it works after a deploy and can be shown before it is done.
public struct UndoRecord: Codable, Sendable, Equatable {
    public var name: String
    public var owner: ServiceName
    /// The command's JSON as text.
    public var request: String
    public var replyWithinMilliseconds: Int
    public var status: Status
    public var attempt = 0
    public var error: Refusal?

    public enum Status: String, Codable, Sendable {
        case recorded, issued, completed, refused
        /// The saga passed its pivot: it will not be undone.
        case discarded
    }

    init<U: Command>(_ command: U) throws {
        name = U.name
        owner = U.owner
        request = try RawJSON(encoding: command).text
        replyWithinMilliseconds = Int(U.replyWithin / .milliseconds(1))
        status = .recorded
    }
}
