import Foundation
import Messaging

extension SagaMachine {
    /// What the saga waits for; `nil` when it is at its end.
    public var waitingOn: WaitingOn? {
        guard !saga.status.isTerminal else { return nil }
        let undoing = steps.values.filter { $0.undo?.status == .issued }
        if let step = undoing.min(by: SagaStep.inOrder), let undo = step.undo {
            return WaitingOn(kind: .command, name: undo.name, since: saga.updatedAt, until: step.deadlineAt)
        }
        let open = steps.values.filter { $0.status == .issued || ($0.lost && $0.isOutstanding) }
        let troubled = open.filter { $0.trouble != nil }
        guard let step = (troubled.isEmpty ? open : troubled).min(by: SagaStep.inOrder) else { return nil }
        return WaitingOn(
            kind: step.waitingKind, name: step.name, since: step.startedAt, until: step.dueAt ?? step.deadlineAt)
    }

    /// When the first outstanding reply is overdue.
    public var deadlineAt: Date? {
        guard saga.status != .paused, saga.status != .terminated else { return nil }
        return steps.values.compactMap(\.deadlineAt).min()
    }

    /// The moments at which steps end by themselves, as they must be in the timers.
    public var armedTimers: [String: Date] {
        steps.compactMapValues { isArmed($0) ? $0.dueAt : nil }
    }

    /// A pause freezes what runs for a time, not what ends at a moment; a compensation waits for nothing but replies.
    func isArmed(_ step: SagaStep) -> Bool {
        guard step.status == .issued, step.dueAt != nil, saga.compensation == nil, !saga.status.isTerminal else {
            return false
        }
        return saga.status != .paused || step.kind == .sleepUntil
    }

    public func check(signal type: String, data: RawJSON) throws {
        try definition.validate(signal: type, data: data)
    }

    /// Whether anything must be saved.
    public func differs(from other: SagaMachine) -> Bool {
        saga != other.saga || steps != other.steps || mailbox != other.mailbox || !actions.isEmpty || !rearmed.isEmpty
    }

    /// Other sagas wait for its end from now on.
    public mutating func markWatched() {
        saga.isWatched = true
    }

    /// The saga as it comes into another workspace: at rest, and what is under way elsewhere is not under way here.
    public func imported() -> SagaMachine {
        var copy = self
        guard !saga.status.isTerminal, saga.status != .diverged else { return copy }
        copy.saga.status = .paused
        copy.saga.pausedAt = saga.pausedAt ?? saga.updatedAt
        for step in steps.values {
            if step.isOutstanding { copy.steps[step.path]?.trouble = "imported" }
            if step.undo?.status == .issued { copy.steps[step.path]?.undo?.trouble = "imported" }
            if step.isOutstanding || step.undo?.status == .issued { copy.steps[step.path]?.deadlineAt = nil }
        }
        return copy
    }

    /// Marks the saga as begun even if nothing else about it changed.
    public mutating func touch() {
        saga.version += 1
    }

    /// The next version of the saga, as it is saved.
    /// - Parameter build: which build saves it; `nil` where nobody asks for that. What only notes something, and has not
    ///   gone through the history, leaves it with the build that has.
    public func stamped(at time: Date, by build: String? = nil) -> SagaMachine {
        var copy = self
        copy.saga.version += 1
        copy.saga.updatedAt = time
        if hasReplayed || saga.buildID == nil { copy.saga.buildID = build }
        return copy
    }
}

extension SagaStep {
    fileprivate var waitingKind: WaitingOn.Kind {
        switch kind {
        case .perform, .attempt, .child: .command
        case .wait: owner == .human ? .human : .event
        case .sleep, .sleepUntil, .pivot, .now, .uuid, .publish, .patch, .race, .carried: .timer
        }
    }
}
