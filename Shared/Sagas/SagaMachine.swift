import Commerce
import Foundation
import Messaging

/// The engine's core: what has happened to a saga goes in, what is to be done comes out.
///
/// A value without I/O, clock or randomness. The shell loads it, feeds it what arrived, then commits its new rows, its
/// ``actions`` and the change of its ``armedTimers`` together.
///
/// Every input is first recorded on the step it belongs to; then ``proceed()`` does whatever the records now call for.
/// So nothing depends on the order in which inputs were folded, nor on what the saga was doing when they came.
public struct SagaMachine: Sendable {
    public internal(set) var saga: SagaInstance
    /// The steps of the current run, by path.
    public internal(set) var steps: [String: SagaStep]
    public internal(set) var mailbox: [MailboxEntry]
    /// How far the mail was loaded that no step has taken.
    var unread: UnreadMail
    /// What the commit owes, in order.
    public internal(set) var actions: [SagaAction] = []
    /// Runs that ended within this activation, as they were at their end.
    public internal(set) var retired: [RetiredRun] = []
    /// Timers that fired too early, by the clock of a replica that is ahead: they are set again.
    public internal(set) var rearmed: Set<String> = []
    /// Replies that belong to no open step: of another run, another attempt, or a second time.
    public internal(set) var ignoredReplies = 0
    /// Whether the code of this build has gone through the history within this activation.
    var hasReplayed = false
    let definition: SagaDefinition
    public let now: Date

    /// - Parameters:
    ///   - mailbox: what the run has taken, and what nobody has, oldest first.
    ///   - unread: how far the latter goes; all of it when left out.
    public init(
        _ saga: SagaInstance, steps: [SagaStep], mailbox: [MailboxEntry], unread: UnreadMail = .all,
        definition: SagaDefinition, now: Date
    ) {
        self.saga = saga
        self.steps = Dictionary(uniqueKeysWithValues: steps.map { ($0.path, $0) })
        self.mailbox = mailbox
        self.unread = unread
        self.definition = definition
        self.now = now
    }

    /// The same saga at a later activation: nothing is owed yet.
    public func reopened(at now: Date) -> SagaMachine {
        SagaMachine(saga: saga, steps: steps, mailbox: mailbox, unread: unread, definition: definition, now: now)
    }

    private init(
        saga: SagaInstance, steps: [String: SagaStep], mailbox: [MailboxEntry], unread: UnreadMail,
        definition: SagaDefinition, now: Date
    ) {
        self.saga = saga
        self.steps = steps
        self.mailbox = mailbox
        self.unread = unread
        self.definition = definition
        self.now = now
    }
}

public struct RetiredRun: Sendable {
    public let run: Int
    public let steps: [SagaStep]
    /// Its events that the commit owes: their paths are of this run, those of the machine's actions of the current.
    public let published: [SagaStep]
}

/// What a commit of the machine owes.
public enum SagaAction: Sendable, Equatable {
    /// Send the command of a step.
    case send(path: String)
    /// Send the undo of a step.
    case sendUndo(path: String)
    /// Publish the event of a step.
    case publish(path: String)
    /// Start the child of a step, or find it.
    case startChild(path: String)
    /// Cancel the child of a step if it was started for it.
    case cancelChild(path: String)
}

extension SagaMachine {
    // MARK: What can happen

    public mutating func start() {
        proceed()
    }

    /// A reply to a step's command, to its undo, or from its child. One for another run or attempt changes nothing.
    public mutating func receive(_ reply: CommandReply, from address: SagaAddress) {
        guard let (path, isUndo) = find(address), isUndo ? receiveUndo(reply, path) : receiveStep(reply, path) else {
            ignoredReplies += 1
            return
        }
        proceed()
    }

    /// News of a command that is still being tried: shown, nothing else.
    public mutating func note(_ news: CommandRetrying, from address: SagaAddress) {
        guard let (path, isUndo) = find(address), isAwaited(path, isUndo) else { return }
        steps[path]?.tries = news.attempt
        if isUndo {
            steps[path]?.undo?.error = news.error
        } else {
            steps[path]?.error = news.error
        }
        showTrouble()
    }

    /// A command was given up on. Its reply, after a requeue, gets the saga going again.
    public mutating func note(_ news: CommandDeadLettered, from address: SagaAddress) {
        guard let (path, isUndo) = find(address), isAwaited(path, isUndo) else { return }
        if isUndo {
            steps[path]?.undo?.error = news.error
            steps[path]?.undo?.trouble = "dead_letter"
        } else {
            steps[path]?.error = news.error
            steps[path]?.trouble = "dead_letter"
        }
        showTrouble()
    }

    /// An event that is stored already. Where older ones of its type are not loaded it comes after them.
    public mutating func deliver(_ entry: MailboxEntry) {
        if unread.isLoaded(entry.type) {
            mailbox.append(entry)
        } else {
            // Who remembers the saga with all of that type has not got this one.
            touch()
        }
        wake()
    }

    /// Looks whether mail that was loaded with the saga is what it waits for.
    public mutating func wake() {
        if goesForward { proceed() }
    }

    /// A timer of a step that has moved on is a no-op.
    public mutating func fireTimer(path: String, run: Int) {
        guard run == saga.run, let step = steps[path], isArmed(step), let dueAt = step.dueAt else { return }
        guard dueAt <= now else {
            rearmed.insert(path)
            return
        }
        elapse(path)
        if goesForward { proceed() }
    }

    /// Ends a sleep, a wait or an attempt.
    mutating func elapse(_ path: String) {
        guard let step = steps[path] else { return }
        let isSleep = step.kind == .sleep || step.kind == .sleepUntil
        steps[path]?.status = isSleep ? .completed : .timedOut
        steps[path]?.deadlineAt = nil
        record(path)
    }

    /// Finds commands whose reply is overdue.
    public mutating func checkDeadlines() {
        guard saga.status != .paused, saga.status != .terminated else { return }
        for (path, step) in steps where (step.deadlineAt ?? .distantFuture) <= now {
            steps[path]?.deadlineAt = nil
            if step.undo?.status == .issued {
                steps[path]?.undo?.trouble = "no_reply"
            } else if step.isOutstanding {
                steps[path]?.trouble = "no_reply"
            }
        }
        showTrouble()
    }

    // MARK: Replies

    private func find(_ address: SagaAddress) -> (path: String, isUndo: Bool)? {
        guard address.run == saga.run else { return nil }
        let (path, isUndo) = SagaPath.parse(address: address.path)
        guard let step = steps[path] else { return nil }
        return (isUndo ? step.undo?.attempt : step.attempt) == address.attempt ? (path, isUndo) : nil
    }

    /// News that come after the reply must not rewrite what is recorded.
    private func isAwaited(_ path: String, _ isUndo: Bool) -> Bool {
        isUndo ? steps[path]?.undo?.status == .issued : steps[path]?.isOutstanding == true
    }

    private mutating func receiveStep(_ reply: CommandReply, _ path: String) -> Bool {
        guard let step = steps[path], step.isOutstanding else { return false }
        steps[path]?.deadlineAt = nil
        steps[path]?.trouble = nil
        switch reply {
        case .accepted(let result):
            if let objection = SagaBounds.objection(to: result, "the reply") {
                // It was done, so it is no refusal: an operator skips the step with what the saga needs of the reply.
                steps[path]?.error = objection
                steps[path]?.trouble = objection.code
                return true
            }
            steps[path]?.result = result
            steps[path]?.error = nil
            if !step.isClosed { steps[path]?.status = .completed }
        case .refused(let error):
            steps[path]?.error = error
            if step.isClosed {
                // There is nothing to undo, and nobody asks any more.
                steps[path]?.undoEvaluated = true
            } else {
                steps[path]?.status = .refused
            }
        }
        record(path)
        return true
    }

    private mutating func receiveUndo(_ reply: CommandReply, _ path: String) -> Bool {
        guard steps[path]?.undo?.status == .issued else { return false }
        steps[path]?.deadlineAt = nil
        steps[path]?.undo?.trouble = nil
        switch reply {
        case .accepted:
            steps[path]?.undo?.status = .completed
            steps[path]?.undo?.error = nil
        case .refused(let error):
            steps[path]?.undo?.status = .refused
            steps[path]?.undo?.error = error
        }
        return true
    }

    /// Stamps the result of a step: when, and its place in the order of results.
    private mutating func record(_ path: String) {
        steps[path]?.finishedAt = now
        steps[path]?.seq = saga.nextSeq
        saga.nextSeq += 1
    }
}
