import Foundation
import Messaging

extension SagaMachine {
    /// What the saga waits for; `nil` when it is at its end.
    public var waitingOn: WaitingOn? {
        guard !saga.status.isTerminal else { return nil }
        if let step = steps.values.first(where: { $0.undo?.status == .issued }), let undo = step.undo {
            return WaitingOn(kind: .command, name: undo.name, since: saga.updatedAt, until: step.deadlineAt)
        }
        guard let step = steps.values.filter({ $0.status == .issued }).min(by: SagaStep.inOrder) else { return nil }
        switch step.kind {
        case .perform, .attempt:
            return WaitingOn(
                kind: .command, name: step.name, since: step.startedAt, until: step.dueAt ?? step.deadlineAt)
        case .wait:
            let kind: WaitingOn.Kind = step.owner == .human ? .human : .event
            return WaitingOn(kind: kind, name: step.name, since: step.startedAt, until: step.dueAt)
        case .sleep, .pivot:
            return WaitingOn(kind: .timer, name: step.name, since: step.startedAt, until: step.dueAt)
        }
    }

    /// When the first outstanding reply is overdue.
    public var deadlineAt: Date? {
        saga.status.isTerminal ? nil : steps.values.compactMap(\.deadlineAt).min()
    }
}

extension SagaMachine {
    /// Looks whether mail that was loaded with the saga is what it waits for.
    public mutating func wake() {
        if saga.status == .waiting { advance() }
    }

    public func check(signal type: String, data: RawJSON) throws {
        try definition.validate(signal: type, data: data)
    }

    /// Whether anything must be saved.
    public func differs(from other: SagaMachine) -> Bool {
        saga != other.saga || steps != other.steps || mailbox != other.mailbox || !actions.isEmpty
    }

    /// Marks the saga as begun even if nothing else about it changed.
    public mutating func touch() {
        saga.version += 1
    }

    /// The next version of the saga, as it is saved.
    public func stamped(at time: Date) -> SagaMachine {
        var copy = self
        copy.saga.version += 1
        copy.saga.updatedAt = time
        return copy
    }
}
