import Commerce
import Foundation
import Messaging

extension SagaMachine {
    /// Begins to undo: what is outstanding is awaited first, then the recorded undos run in reverse order.
    mutating func compensate(_ cause: CompensationCause) {
        saga.status = .compensating
        saga.compensation = saga.compensation ?? cause
        for step in steps.values where !step.isCommand && step.status == .issued {
            steps[step.path]?.status = .cancelled
            steps[step.path]?.finishedAt = now
            if step.dueAt != nil { actions.append(.deleteTimer(path: step.path)) }
        }
        // Whose silence was noticed before gets a new limit: an operator must see it when it goes on.
        for step in steps.values where step.isCommand && step.status == .issued && step.deadlineAt == nil {
            steps[step.path]?.deadlineAt = now + (step.replyWithin ?? .hours(1)).timeInterval
        }
        continueCompensation()
    }

    /// One undo at a time: the next is sent when the one before it is done.
    mutating func continueCompensation() {
        guard !steps.values.contains(where: { $0.isCommand && $0.status == .issued }) else { return }
        if steps.values.contains(where: { $0.result != nil && !$0.undoEvaluated && $0.isCommand }) {
            evaluateUndo()
        }
        if let obstacle = undoObstacle { return stick(obstacle.code, obstacle) }
        guard !steps.values.contains(where: { $0.undo?.status == .issued }) else { return }
        let recorded = steps.values.filter { $0.undo?.status == .recorded }
        guard let next = recorded.max(by: { ($0.seq ?? 0) < ($1.seq ?? 0) }) else {
            saga.status = saga.compensation == .cancel ? .cancelled : .compensated
            return
        }
        issueUndo(next.path)
    }

    /// Why the compensation cannot go on: nothing is skipped silently.
    private var undoObstacle: Refusal? {
        let ordered = steps.values.sorted(by: SagaStep.inOrder)
        if let step = ordered.first(where: { $0.isCommand && $0.result != nil && !$0.undoEvaluated }) {
            return Refusal(code: "undo_unknown", message: "the undo of \(step.name) cannot be evaluated by this build")
        }
        guard let undo = ordered.first(where: { $0.undo?.status == .refused })?.undo else { return nil }
        return Refusal(code: "undo_refused", message: undo.error?.message ?? undo.name)
    }

    mutating func issueUndo(_ path: String) {
        guard let undo = steps[path]?.undo else { return }
        steps[path]?.undo?.status = .issued
        steps[path]?.undo?.attempt += 1
        steps[path]?.undo?.error = nil
        steps[path]?.deadlineAt = now + Duration.milliseconds(undo.replyWithinMilliseconds).timeInterval
        actions.append(.sendUndo(path: path))
    }

    mutating func receiveUndo(_ reply: CommandReply, _ path: String) {
        guard steps[path]?.undo?.status == .issued else { return }
        steps[path]?.deadlineAt = nil
        switch reply {
        case .accepted:
            steps[path]?.undo?.status = .completed
            steps[path]?.undo?.error = nil
            resume()
        case .refused(let error):
            steps[path]?.undo?.status = .refused
            steps[path]?.undo?.error = error
            stick("undo_refused", error)
        }
    }
}
