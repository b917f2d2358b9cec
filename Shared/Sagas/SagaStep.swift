import Foundation
import Messaging

/// One operation of a saga, as it is recorded.
public struct SagaStep: Sendable, Equatable {
    /// Which operation: `3`, or `3/1/0` for operation 0 of branch 1 of operation 3. An undo is addressed as `3/undo`.
    public var path: String
    public var kind: Kind
    /// The command, event, child or patch; `sleep`, `pivot`, `race`.
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
    public var result: RawJSON? { didSet { decoded.value = nil } }
    public var error: Refusal?
    /// Of a wait: the event that ended it.
    public var eventID: Int?
    public var eventType: String?
    public var undo: UndoRecord?
    /// Whether the undo needs no more evaluation: it is recorded, or there is none.
    public var undoEvaluated = false
    /// Belongs to a branch that lost its race: it is undone and never read again.
    public var lost = false
    /// Why it cannot go on by itself while it is open: `no_reply`, `dead_letter`, `payload_too_large`, `imported`.
    public var trouble: String?
    /// Of a sleep, a wait or an attempt: when it ends by itself.
    public var dueAt: Date?
    /// When silence makes the saga stuck.
    public var deadlineAt: Date?
    public var startedAt: Date
    public var finishedAt: Date?
    /// The result as the saga reads it, kept between two replays of one process.
    var decoded = DecodedResult()

    public enum Kind: String, Sendable, CaseIterable {
        case perform, attempt, child, wait, sleep
        /// Ends at a moment that a pause does not move.
        case sleepUntil = "sleep_until"
        case pivot, now, uuid, publish, patch
        /// Which branch won.
        case race
        /// A step of an earlier run whose undo is still owed; see ``SagaContext/continueAsNew(_:)``.
        case carried
    }

    public enum Status: String, Sendable, CaseIterable {
        case issued, completed, refused
        case timedOut = "timed_out"
        /// Given up before it came about: by a cancel, or with its branch.
        case cancelled
    }

    public init(path: String, kind: Kind, name: String, status: Status, startedAt: Date) {
        self.path = path
        self.kind = kind
        self.name = name
        self.status = status
        self.startedAt = startedAt
    }

    /// Whether somebody answers it: a command's owner, a child saga.
    var isCommand: Bool { kind == .perform || kind == .attempt || kind == .child }
    /// Whether its answer is still to come.
    public var isOutstanding: Bool { isCommand && result == nil && status != .refused && !undoEvaluated }
    /// Whether the saga has gone on without it.
    var isClosed: Bool { lost || status == .timedOut || status == .cancelled }
    /// Why it holds its saga up: its ``trouble``, as long as an answer is still owed.
    var pressingTrouble: String? { isOutstanding ? trouble : nil }
    /// Whether its reply is known and the undo that follows from it is not.
    var lacksUndo: Bool { isCommand && result != nil && !undoEvaluated }
}

/// A decoded result, if it was read. Steps compare by what is recorded, of which this is a copy: a saga whose results
/// were only read has not changed.
struct DecodedResult: Sendable, Equatable {
    var value: (any Sendable)?

    static func == (_: DecodedResult, _: DecodedResult) -> Bool { true }
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
    /// Why it cannot go on by itself while it is under way.
    public var trouble: String?

    public enum Status: String, Codable, Sendable {
        case recorded, issued, completed, refused
        /// An operator said that it is not needed any more.
        case skipped
        /// The saga passed its pivot: it will not be undone.
        case discarded
    }

    init<U: Command>(_ command: U) throws {
        name = U.name
        owner = U.owner
        request = try RawJSON(encoding: command).checked(U.name).text
        replyWithinMilliseconds = Int(U.replyWithin / .milliseconds(1))
        status = .recorded
    }
}
