import Commerce
import Messaging

extension ServiceName {
    static let local = ServiceName(rawValue: "local")
    static let provider = ServiceName(rawValue: "provider")
}

/// What an act says it has done: the key of the effect.
struct Receipt: Codable, Sendable, Equatable {
    var effect: String
}

/// Does something within the participant's own transaction.
struct ActLocally: Command {
    typealias Reply = Receipt
    static let owner = ServiceName.local
    static let replyWithin = Duration.seconds(60)
    /// What the saga knows so far: a replay that knew otherwise would send something else.
    var token: String
    /// Whether the saga has an undo for it: what an independent observer must know.
    var isUndone: Bool

    init(_ token: String, _ act: Act) {
        self.token = token
        isUndone = act.isUndone
    }
}

/// Does something at a provider that must be asked before a call is repeated.
struct ActProbed: Command {
    typealias Reply = Receipt
    static let owner = ServiceName.provider
    static let replyWithin = Duration.seconds(120)
    var token: String
    var isUndone: Bool

    init(_ token: String, _ act: Act) {
        self.token = token
        isUndone = act.isUndone
    }
}

/// Does something at a provider that keeps keys unique.
struct ActUnique: Command {
    typealias Reply = Receipt
    static let owner = ServiceName.provider
    static let replyWithin = Duration.seconds(120)
    var token: String
    var isUndone: Bool

    init(_ token: String, _ act: Act) {
        self.token = token
        isUndone = act.isUndone
    }
}

struct UndoLocally: Command {
    typealias Reply = Done
    static let owner = ServiceName.local
    static let replyWithin = Duration.seconds(60)
    var effect: String
}

struct UndoProbed: Command {
    typealias Reply = Done
    static let owner = ServiceName.provider
    static let replyWithin = Duration.seconds(120)
    var effect: String
}

struct UndoUnique: Command {
    typealias Reply = Done
    static let owner = ServiceName.provider
    static let replyWithin = Duration.seconds(120)
    var effect: String
}

struct Nudge: Event {
    static let type = "nudge"
    var key: String
    var value: Int
}

struct Approval: Event {
    static let type = "approval"
    static let source = EventSource.human
    var key: String
    var value: Int
}

/// What programs publish.
struct Milestone: Event {
    static let type = "milestone"
    var value: Int
}
