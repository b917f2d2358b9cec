import Commerce
import Foundation
import Messaging

/// The engine's core: what has happened to a saga goes in, what is to be done comes out.
///
/// A value without I/O, clock or randomness. The shell loads it, feeds it what arrived, then commits its new rows and
/// its ``actions`` together.
public struct SagaMachine: Sendable {
    public internal(set) var saga: SagaInstance
    /// The steps of the current run, by path.
    public internal(set) var steps: [String: SagaStep]
    public internal(set) var mailbox: [MailboxEntry]
    /// What the commit owes, in order.
    public internal(set) var actions: [SagaAction] = []
    let definition: SagaDefinition
    let now: Date

    public init(
        _ saga: SagaInstance, steps: [SagaStep], mailbox: [MailboxEntry], definition: SagaDefinition, now: Date
    ) {
        self.saga = saga
        self.steps = Dictionary(uniqueKeysWithValues: steps.map { ($0.path, $0) })
        self.mailbox = mailbox
        self.definition = definition
        self.now = now
    }

    // MARK: What can happen

    public mutating func start() {
        advance()
    }

    /// A reply to a step's command, or to its undo. One for another run or attempt changes nothing.
    public mutating func receive(_ reply: CommandReply, from address: SagaAddress) {
        guard let (path, isUndo) = find(address) else { return }
        if isUndo {
            receiveUndo(reply, path)
        } else {
            receiveStep(reply, path)
        }
    }

    /// News of a command that is still being tried: shown, nothing else.
    public mutating func note(_ news: CommandRetrying, from address: SagaAddress) {
        guard let (path, isUndo) = find(address), isOutstanding(path, isUndo) else { return }
        steps[path]?.tries = news.attempt
        if isUndo {
            steps[path]?.undo?.error = news.error
        } else {
            steps[path]?.error = news.error
        }
    }

    /// A command was given up on. Its reply, after a requeue, gets the saga going again.
    public mutating func note(_ news: CommandDeadLettered, from address: SagaAddress) {
        guard let (path, isUndo) = find(address), isOutstanding(path, isUndo) else { return }
        if isUndo {
            steps[path]?.undo?.error = news.error
        } else {
            steps[path]?.error = news.error
        }
        stick("dead_letter", news.error)
    }

    public mutating func deliver(_ entry: MailboxEntry) {
        mailbox.append(entry)
        if saga.status == .waiting { advance() }
    }

    /// A timer of a step that has moved on is a no-op.
    public mutating func fireTimer(path: String, run: Int) {
        guard run == saga.run, [.waiting, .stuck, .diverged].contains(saga.status) else { return }
        guard let step = steps[path], step.status == .issued, let dueAt = step.dueAt else { return }
        guard dueAt <= now else {
            // Fired by a replica whose clock is ahead: its row is gone, so it is set again.
            actions += [.deleteTimer(path: path), .setTimer(path: path, dueAt: dueAt)]
            return
        }
        steps[path]?.status = step.kind == .sleep ? .completed : .timedOut
        record(path)
        steps[path]?.deadlineAt = nil
        if saga.status == .waiting { advance() }
    }

    /// Finds commands whose reply is overdue.
    public mutating func checkDeadlines() {
        let overdue = steps.values.filter { ($0.deadlineAt ?? .distantFuture) <= now }.sorted { $0.path < $1.path }
        guard let step = overdue.first else { return }
        let name = step.undo?.status == .issued ? step.undo?.name ?? step.name : step.name
        for step in overdue { steps[step.path]?.deadlineAt = nil }
        stick("no_reply", Refusal(code: "no_reply", message: "\(name) was not answered in time"))
    }

    // MARK: Replies

    private func find(_ address: SagaAddress) -> (path: String, isUndo: Bool)? {
        guard address.run == saga.run else { return nil }
        let isUndo = address.path.hasSuffix("/undo")
        let path = isUndo ? String(address.path.dropLast("/undo".count)) : address.path
        guard let step = steps[path] else { return nil }
        let attempt = isUndo ? step.undo?.attempt : step.attempt
        return attempt == address.attempt ? (path, isUndo) : nil
    }

    /// News that come after the reply must not rewrite what is recorded.
    private func isOutstanding(_ path: String, _ isUndo: Bool) -> Bool {
        isUndo ? steps[path]?.undo?.status == .issued : steps[path]?.status == .issued
    }

    private mutating func receiveStep(_ reply: CommandReply, _ path: String) {
        guard let step = steps[path], step.isCommand, step.result == nil, step.status != .refused else { return }
        let isLate = step.status != .issued
        steps[path]?.deadlineAt = nil
        switch reply {
        case .accepted(let result):
            steps[path]?.result = result
            steps[path]?.error = nil
            if !isLate { steps[path]?.status = .completed }
        case .refused(let error):
            steps[path]?.error = error
            guard !isLate else { return }
            steps[path]?.status = .refused
        }
        if step.dueAt != nil, !isLate { actions.append(.deleteTimer(path: path)) }
        record(path)
        isLate ? undoLate(path) : resume()
    }

    /// A success for a step that was closed meanwhile is undone at once.
    private mutating func undoLate(_ path: String) {
        evaluateUndo()
        let goesBackAlready = saga.compensation != nil && !saga.status.isTerminal
        guard steps[path]?.undo?.status == .recorded, !goesBackAlready else {
            return resume()
        }
        issueUndo(path)
    }

    /// Goes on with whatever the saga was doing.
    mutating func resume() {
        if saga.status == .stuck {
            saga.stuckReason = nil
            saga.error = saga.compensation == .refusal ? saga.error : nil
            saga.status = saga.compensation == nil ? .waiting : .compensating
        }
        switch saga.status {
        case .running, .waiting: advance()
        case .compensating: continueCompensation()
        case .paused, .completed, .compensated, .cancelled, .terminated, .failed, .stuck, .diverged: break
        }
    }

    // MARK: Replay

    /// Replays the saga over its history up to where it must wait.
    mutating func advance() {
        let context = SagaContext(
            steps: Array(steps.values), mailbox: unconsumed, nextSeq: saga.nextSeq, now: now)
        let before = steps
        let outcome = definition.replay(saga.input, context)
        if case .diverged(let message) = outcome {
            return diverge(message)
        }
        guard context.position >= before.count else {
            return diverge("the history has \(before.count) operations, the code only \(context.position)")
        }
        absorb(context, before)
        switch outcome {
        case .suspended:
            saga.status = .waiting
        case .completed(let output):
            saga.output = output
            saga.status = .completed
        case .refused(let refusal):
            saga.error = refusal
            saga.pivoted ? stick("refused_after_pivot", refusal) : compensate(.refusal)
        case .failed(let message):
            stick("saga_error", Refusal(code: "saga_error", message: message))
        case .diverged:
            break
        }
    }

    /// Takes over what the replay recorded and issues what it began.
    private mutating func absorb(_ context: SagaContext, _ before: [String: SagaStep]) {
        steps = context.steps
        saga.nextSeq = context.seqAfterwards
        saga.businessStatus = context.businessStatus ?? saga.businessStatus
        saga.pivoted = steps.values.contains { $0.kind == .pivot }
        consume()
        for step in steps.values.sorted(by: SagaStep.inOrder) where step.status == .issued && before[step.path] == nil {
            if step.isCommand { actions.append(.send(path: step.path)) }
            if let dueAt = step.dueAt { actions.append(.setTimer(path: step.path, dueAt: dueAt)) }
        }
        for step in before.values where step.kind == .wait && step.status == .issued && step.dueAt != nil {
            if steps[step.path]?.status == .completed { actions.append(.deleteTimer(path: step.path)) }
        }
    }

    private mutating func consume() {
        let taken = Dictionary(
            steps.values.compactMap { step in step.eventID.map { ($0, step.path) } },
            uniquingKeysWith: { first, _ in first })
        for index in mailbox.indices where mailbox[index].consumedRun == nil {
            guard let path = taken[mailbox[index].id] else { continue }
            mailbox[index].consumedRun = saga.run
            mailbox[index].consumedPath = path
        }
    }

    /// Evaluates the undo of steps whose reply came while the saga was not going forward: replays, beginning nothing.
    mutating func evaluateUndo() {
        let context = SagaContext(
            steps: Array(steps.values), mailbox: [], nextSeq: saga.nextSeq, now: now, begins: false)
        _ = definition.replay(saga.input, context)
        for (path, step) in context.steps where steps[path]?.undoEvaluated == false && step.undoEvaluated {
            steps[path]?.undo = step.undo
            steps[path]?.undoEvaluated = true
        }
    }

    private var unconsumed: [MailboxEntry] { mailbox.filter { $0.consumedRun == nil } }

    // MARK: Trouble

    mutating func stick(_ reason: String, _ error: Refusal) {
        guard !saga.status.isTerminal else { return }
        saga.status = .stuck
        saga.stuckReason = reason
        saga.error = error
    }

    private mutating func diverge(_ message: String) {
        saga.status = .diverged
        saga.error = Refusal(code: "diverged", message: message)
    }

    /// Stamps the result of a step: when, and its place in the order of results.
    private mutating func record(_ path: String) {
        steps[path]?.finishedAt = now
        steps[path]?.seq = saga.nextSeq
        saga.nextSeq += 1
    }
}

/// What a commit of the machine owes.
public enum SagaAction: Sendable, Equatable {
    /// Send the command of a step.
    case send(path: String)
    /// Send the undo of a step.
    case sendUndo(path: String)
    case setTimer(path: String, dueAt: Date)
    case deleteTimer(path: String)
}

extension SagaStep {
    /// Paths in the order of the code: numerically, part by part.
    public static func inOrder(_ left: SagaStep, _ right: SagaStep) -> Bool {
        let (a, b) = (left.path.split(separator: "/"), right.path.split(separator: "/"))
        return a.lexicographicallyPrecedes(b) { (Int($0) ?? .max, $0) < (Int($1) ?? .max, $1) }
    }
}
