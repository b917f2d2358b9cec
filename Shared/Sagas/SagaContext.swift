import Commerce
import Foundation
import Messaging

/// What a saga sees: its operations. Each finds its answer in the history, or is begun and suspends the saga.
///
/// Not `Sendable`, and gone when the activation ends: a saga keeps nothing but its recorded history.
public final class SagaContext {
    private(set) var steps: [String: SagaStep]
    private(set) var businessStatus: String?
    private(set) var consumed: Set<Int> = []
    /// Counts the operations of this replay; the next one's path.
    private(set) var position = 0
    private var nextSeq: Int
    private var frozen = false
    private let mailbox: [MailboxEntry]
    private let now: Date
    /// Whether new operations may begin. A replay that only evaluates an undo begins none.
    private let begins: Bool

    init(steps: [SagaStep], mailbox: [MailboxEntry], nextSeq: Int, now: Date, begins: Bool = true) {
        self.steps = Dictionary(uniqueKeysWithValues: steps.map { ($0.path, $0) })
        self.mailbox = mailbox
        self.nextSeq = nextSeq
        self.now = now
        self.begins = begins
    }

    // MARK: Commands

    /// Sends a command and waits for its reply.
    ///
    /// Never throws for silence: past `replyWithin` the saga shows as stuck and an operator retries.
    /// - Throws: the owner's ``Refusal``; let it pass, the engine then undoes what was done.
    @discardableResult
    public func perform<C: Command>(_ command: C) throws -> C.Reply {
        try performing(command) { _ in nil }
    }

    /// - Parameter undo: what takes the step back, given its reply; `nil` where nothing needs to be.
    @discardableResult
    public func perform<C: Command, U: Command>(
        _ command: C, undo: @escaping (C.Reply) -> U?
    ) throws -> C.Reply {
        try performing(command) { try undo($0).map(UndoRecord.init) }
    }

    /// Like ``perform(_:undo:)``, but a refusal, and silence past `within`, are answers.
    public func attempt<C: Command, U: Command>(
        _ command: C, within: Duration? = nil, undo: @escaping (C.Reply) -> U?
    ) throws -> Attempt<C.Reply> {
        try attempting(command, within) { try undo($0).map(UndoRecord.init) }
    }

    public func attempt<C: Command>(_ command: C, within: Duration? = nil) throws -> Attempt<C.Reply> {
        try attempting(command, within) { _ in nil }
    }

    private func performing<C: Command>(_ command: C, undo: (C.Reply) throws -> UndoRecord?) throws -> C.Reply {
        let step = try enter(.perform, C.name) { try issue(command, &$0) }
        switch step.status {
        case .completed: return try reply(step, undo)
        case .refused: throw freeze(step.error ?? Refusal(code: "refused", message: C.name))
        case .issued, .timedOut, .cancelled: throw freeze(Suspended())
        }
    }

    private func attempting<C: Command>(
        _ command: C, _ within: Duration?, undo: (C.Reply) throws -> UndoRecord?
    ) throws -> Attempt<C.Reply> {
        let step = try enter(.attempt, C.name) { step in
            try issue(command, &step)
            guard let within else { return }
            step.dueAt = now + within.timeInterval
            step.deadlineAt = nil
        }
        switch step.status {
        case .completed: return .accepted(try reply(step, undo))
        case .refused: return .refused(step.error ?? Refusal(code: "refused", message: C.name))
        case .timedOut:
            // A success that came too late is undone; its undo is evaluated where the reply is known.
            if step.result != nil { _ = try reply(step, undo) }
            return .timedOut
        case .issued, .cancelled: throw freeze(Suspended())
        }
    }

    private func issue<C: Command>(_ command: C, _ step: inout SagaStep) throws {
        step.owner = C.owner
        step.request = try RawJSON(encoding: command)
        step.replyWithin = C.replyWithin
        step.deadlineAt = now + C.replyWithin.timeInterval
    }

    private func reply<Reply: Decodable>(
        _ step: SagaStep, _ undo: (Reply) throws -> UndoRecord?
    ) throws -> Reply {
        let reply: Reply = try (step.result ?? .emptyObject).decode()
        if !step.undoEvaluated {
            steps[step.path]?.undo = try undo(reply)
            steps[step.path]?.undoEvaluated = true
        }
        return reply
    }

    // MARK: Events and time

    /// Waits for the oldest event of the type that matches. Events that came before are not lost.
    public func wait<E: Event>(for event: E.Type, where matches: @escaping (E) -> Bool = { _ in true }) throws -> E {
        guard let found = try waiting(for: [matching(event, matches)], upTo: nil) else { throw freeze(Suspended()) }
        return try found.decode()
    }

    /// - Returns: `nil` when no such event came in time.
    public func wait<E: Event>(
        for event: E.Type, upTo limit: Duration, where matches: @escaping (E) -> Bool = { _ in true }
    ) throws -> E? {
        try waiting(for: [matching(event, matches)], upTo: limit)?.decode()
    }

    /// Waits for whichever of two events comes first.
    /// - Returns: `nil` when neither came in time.
    public func wait<A: Event, B: Event>(
        for first: A.Type, or second: B.Type, upTo limit: Duration
    ) throws -> EitherEvent<A, B>? {
        let patterns = [matching(first) { _ in true }, matching(second) { _ in true }]
        guard let found = try waiting(for: patterns, upTo: limit) else { return nil }
        return found.type == A.type ? .first(try found.decode()) : .second(try found.decode())
    }

    /// Sleeps: rows, not memory.
    public func sleep(for duration: Duration) throws {
        let step = try enter(.sleep, "sleep") { $0.dueAt = now + duration.timeInterval }
        guard step.status == .completed else { throw freeze(Suspended()) }
    }

    private typealias Pattern = (type: String, source: EventSource, matches: (RawJSON) -> Bool)

    private func matching<E: Event>(_ event: E.Type, _ matches: @escaping (E) -> Bool) -> Pattern {
        (E.type, E.source, { data in (try? data.decode(E.self)).map(matches) ?? false })
    }

    private func waiting(for patterns: [Pattern], upTo limit: Duration?) throws -> FoundEvent? {
        var step = try enter(.wait, patterns[0].type) { step in
            step.dueAt = limit.map { now + $0.timeInterval }
            step.owner = patterns[0].source == .human ? .human : nil
        }
        if step.status == .issued, begins, let entry = take(patterns) {
            step.status = .completed
            step.result = entry.data
            step.eventID = entry.id
            step.eventType = entry.type
            step.finishedAt = now
            step.seq = takeSeq()
            steps[step.path] = step
        }
        switch step.status {
        case .completed: return FoundEvent(type: step.eventType ?? step.name, data: step.result ?? .emptyObject)
        case .timedOut: return nil
        case .issued, .refused, .cancelled: throw freeze(Suspended())
        }
    }

    private func take(_ patterns: [Pattern]) -> MailboxEntry? {
        let entry = mailbox.first { entry in
            !consumed.contains(entry.id)
                && patterns.contains { $0.type == entry.type && $0.matches(entry.data) }
        }
        if let entry { consumed.insert(entry.id) }
        return entry
    }

    // MARK: Progress

    /// Says where the business stands: the saga's `business_status`.
    public func status(_ status: some RawRepresentable<String>) {
        guard !frozen else { return }
        businessStatus = status.rawValue
    }

    /// The point of no return: what was done so far is never undone, and from here the saga only goes forward.
    public func pivot() throws {
        let step = try enter(.pivot, "pivot") { $0.status = .completed }
        guard step.seq == nil else { return }
        steps[step.path]?.seq = takeSeq()
        steps[step.path]?.finishedAt = now
        for path in steps.keys where steps[path]?.undo?.status == .recorded {
            steps[path]?.undo?.status = .discarded
        }
    }

    // MARK: Replay

    /// The record of the next operation; begun now if there is none.
    private func enter(
        _ kind: SagaStep.Kind, _ name: String, _ begin: (inout SagaStep) throws -> Void
    ) throws -> SagaStep {
        guard !frozen else { throw Suspended() }
        let path = String(position)
        position += 1
        if let step = steps[path] {
            guard step.kind == kind, step.name == name else {
                throw freeze(
                    Divergence(
                        description:
                            "operation \(path) was \(step.kind.rawValue) \(step.name), the code now does "
                            + "\(kind.rawValue) \(name)"))
            }
            return step
        }
        guard begins else { throw freeze(Suspended()) }
        var step = SagaStep(path: path, kind: kind, name: name, status: .issued, startedAt: now)
        try begin(&step)
        steps[path] = step
        return step
    }

    private func takeSeq() -> Int {
        defer { nextSeq += 1 }
        return nextSeq
    }

    var seqAfterwards: Int { nextSeq }

    /// After the first suspension, refusal or divergence a context records nothing and throws again.
    private func freeze<E: Error>(_ error: E) -> E {
        frozen = true
        return error
    }
}

private struct FoundEvent {
    let type: String
    let data: RawJSON

    func decode<E: Decodable>() throws -> E { try data.decode() }
}

/// The answer of ``SagaContext/attempt(_:within:undo:)``.
public enum Attempt<Reply: Sendable>: Sendable {
    case accepted(Reply)
    case refused(Refusal)
    case timedOut
}

public enum EitherEvent<A: Sendable, B: Sendable>: Sendable {
    case first(A)
    case second(B)
}

extension ServiceName {
    /// Marks a wait that a person ends.
    static let human = ServiceName(rawValue: "human")
}
