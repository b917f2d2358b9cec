/// What a random saga does: one operation of its program, over everything that ``SagaContext`` offers.
enum Operation: Sendable {
    case perform(Act)
    /// `within` in seconds.
    case attempt(Act, within: Int?)
    /// Takes an event whose value is at least `minimum`; `upTo` in seconds.
    case wait(EventKind, minimum: Int, upTo: Int?)
    case sleep(seconds: Int)
    /// Until so many seconds after the time that the saga reads first.
    case sleepUntil(seconds: Int)
    case all([[Operation]])
    case race([[Operation]])
    case child(ProgramInput, key: String, isUndone: Bool)
    case uuid
    case publish(Int)
    case status(Int)
    case pivot
    /// The saga itself says no.
    case refuse
    case continueAsNew(ProgramInput)
}

/// A command of a program, and whether it has an undo.
struct Act: Sendable {
    var target: Target
    var isUndone: Bool

    enum Target: Sendable, CaseIterable {
        /// A participant that decides inside one transaction.
        case local
        /// A provider that must be asked before a call is repeated.
        case probed
        /// A provider that keeps keys unique.
        case unique
    }
}

enum EventKind: Sendable, CaseIterable {
    case nudge, approval
}
