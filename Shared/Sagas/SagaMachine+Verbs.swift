import Commerce
import Foundation
import Messaging

/// What an operator asks of a saga.
public enum SagaOrder: Sendable {
    case pause, resume, retry, cancel, terminate, restart
    /// The event is delivered as mail by the shell.
    case signal
    /// `path` is an operation's, or an undo's (`3/undo`).
    case skip(path: String, result: RawJSON, keepUndo: Bool)
    case fireTimer(path: String)

    public var verb: SagaVerb {
        switch self {
        case .pause: .pause
        case .resume: .resume
        case .retry: .retry
        case .cancel: .cancel
        case .terminate: .terminate
        case .restart: .restart
        case .signal: .signal
        case .skip: .skip
        case .fireTimer: .fireTimer
        }
    }
}

extension SagaMachine {
    /// Does what an operator asks for.
    /// - Throws: ``Refusal`` `past_pivot`, `not_allowed`, `in_flight`, `outstanding`, `unknown_step` or `bad_result`;
    ///   nothing has changed then.
    public mutating func apply(_ order: SagaOrder) throws {
        try check(order.verb)
        switch order {
        case .pause: pause()
        case .resume: resume()
        case .retry: retry()
        case .cancel: cancel()
        case .terminate: terminate()
        case .restart: try restart()
        case .signal: break
        case .skip(let path, let result, let keepUndo): try skip(path, result, keepUndo)
        case .fireTimer(let path): try fireTimer(path)
        }
    }

    private func check(_ verb: SagaVerb) throws {
        guard !verb.isAllowed(in: saga.status, pivoted: saga.pivoted) else { return }
        if verb == .cancel, saga.pivoted, !saga.status.isTerminal {
            throw Refusal(code: "past_pivot", message: "the saga is past its point of no return and only goes forward")
        }
        let allowed = SagaVerb.allowed(in: saga.status, pivoted: saga.pivoted).map(\.rawValue).joined(separator: ", ")
        throw Refusal(
            code: "not_allowed",
            message: "\(verb.rawValue) is not possible while the saga is \(saga.status.rawValue); "
                + (allowed.isEmpty ? "nothing is" : "possible: \(allowed)"))
    }

    // MARK: Pause

    private mutating func pause() {
        saga.status = .paused
        saga.pausedAt = now
    }

    private mutating func resume() {
        thaw()
        proceed()
    }

    /// Moves due times and deadlines by as long as the pause was.
    private mutating func thaw() {
        let pause = now.timeIntervalSince(saga.pausedAt ?? now)
        saga.pausedAt = nil
        saga.status = .waiting
        for (path, step) in steps {
            steps[path]?.deadlineAt = step.deadlineAt.map { $0 + pause }
            guard step.status == .issued, step.kind != .sleepUntil else { continue }
            steps[path]?.dueAt = step.dueAt.map { $0 + pause }
        }
    }

    private mutating func terminate() {
        saga.status = .terminated
        // It is at its end: no pause of it goes on that a restart or an import could take for its own.
        saga.pausedAt = nil
    }

    private mutating func cancel() {
        if saga.status == .paused { thaw() }
        saga.error = saga.cause
        saga.stuckReason = nil
        compensate(.cancel)
        showTrouble()
    }

    /// The saga that started this one for itself was cancelled, and awaits its end.
    ///
    /// One past its pivot ends as it will. One that has diverged is left as it is and keeps the wish: `cancel` as the
    /// cause of a compensation that begins when it leaves that state.
    public mutating func cancelWithParent() {
        if saga.status == .diverged, !saga.pivoted {
            saga.compensation = .cancel
        } else if SagaVerb.cancel.isAllowed(in: saga.status, pivoted: saga.pivoted) {
            cancel()
        }
    }

    // MARK: Retry

    /// Sends what cannot go on by itself once more, as a new attempt under the same key; or replays after a corrected
    /// deploy.
    private mutating func retry() {
        if saga.status == .diverged {
            saga.status = .waiting
            // Nothing diverges while it is undone: the wish of a parent has waited here.
            if saga.compensation != nil { return cancel() }
        }
        for step in steps.values.sorted(by: SagaStep.inOrder) {
            if step.undo?.status == .refused || (step.undo?.status == .issued && step.undo?.trouble != nil) {
                issueUndo(step.path)
            } else if step.pressingTrouble != nil {
                reissue(step)
            } else if step.status == .refused, step.kind == .perform || step.kind == .child, saga.pivoted, !step.lost {
                reissue(step)
            }
        }
        proceed()
    }

    private mutating func reissue(_ step: SagaStep) {
        steps[step.path]?.status = step.isClosed ? step.status : .issued
        steps[step.path]?.attempt += 1
        steps[step.path]?.error = nil
        steps[step.path]?.trouble = nil
        steps[step.path]?.seq = nil
        steps[step.path]?.finishedAt = nil
        // One that ends by itself needs no second limit.
        let endsByItself = step.status == .issued && step.dueAt != nil
        steps[step.path]?.deadlineAt = endsByItself ? nil : step.replyWithin.map { now + $0.timeInterval }
        actions.append(step.kind == .child ? .startChild(path: step.path) : .send(path: step.path))
    }

    // MARK: Skip and fire

    private mutating func skip(_ address: String, _ result: RawJSON, _ keepUndo: Bool) throws {
        let (path, isUndo) = SagaPath.parse(address: address)
        guard let step = steps[path], step.isCommand || !step.lost, !isUndo || step.undo != nil else {
            throw Refusal(code: "unknown_step", message: "the saga has no operation '\(address)'")
        }
        if isUndo { return try skipUndo(step) }
        try requireSkippable(step)
        var skipped = self
        try skipped.complete(step, result, keepUndo)
        self = skipped
    }

    private mutating func skipUndo(_ step: SagaStep) throws {
        guard let undo = step.undo, undo.status == .refused || (undo.status == .issued && undo.trouble != nil) else {
            throw Refusal(code: "in_flight", message: "only an undo that was refused or is stuck can be skipped")
        }
        steps[step.path]?.undo?.status = .skipped
        steps[step.path]?.deadlineAt = nil
        proceed()
    }

    private func requireSkippable(_ step: SagaStep) throws {
        switch step.kind {
        case .perform, .attempt, .child:
            if step.pressingTrouble != nil { return }
            if step.isOutstanding, step.status == .issued || step.lost {
                throw Refusal(code: "in_flight", message: "\(step.name) is under way: wait for its answer, or cancel")
            }
            if step.lost { break }
            if step.status == .refused, saga.compensation != nil {
                throw Refusal(
                    code: "not_allowed", message: "\(step.name) was refused, and a saga that is undone does not go on")
            }
            if step.status == .refused, step.kind != .attempt { return }
        case .wait, .sleep, .sleepUntil:
            if step.status == .issued { return }
        case .pivot, .now, .uuid, .publish, .patch, .race, .carried:
            break
        }
        throw Refusal(code: "not_allowed", message: "\(step.name) at \(step.path) is \(step.status.rawValue) already")
    }

    /// Gives a step its result and replays: a result that the code cannot read, or does not go on from, is refused.
    private mutating func complete(_ step: SagaStep, _ result: RawJSON, _ keepUndo: Bool) throws {
        steps[step.path]?.result = result
        if !step.isClosed { steps[step.path]?.status = .completed }
        steps[step.path]?.error = nil
        steps[step.path]?.trouble = nil
        steps[step.path]?.deadlineAt = nil
        // A reply that comes all the same is of an attempt nobody waits for.
        steps[step.path]?.attempt += 1
        steps[step.path]?.undoEvaluated = !keepUndo
        steps[step.path]?.finishedAt = now
        steps[step.path]?.seq = saga.nextSeq
        saga.nextSeq += 1
        if let misfit = definition.misfit(self) {
            throw Refusal(code: "bad_result", message: "\(step.name) cannot have this result: \(misfit)")
        }
        proceed()
    }

    private mutating func fireTimer(_ path: String) throws {
        guard let step = steps[path], !step.lost else {
            throw Refusal(code: "unknown_step", message: "the saga has no operation '\(path)'")
        }
        guard isArmed(step) else {
            throw Refusal(code: "not_allowed", message: "\(step.name) at \(path) has no timer that could fire")
        }
        elapse(path)
        proceed()
    }

    // MARK: Restart

    /// The same input once more as run + 1. Events of a run that was undone stay with it; those of one that failed
    /// are read again.
    private mutating func restart() throws {
        if let open = steps.values.filter(holdsUpRestart).min(by: SagaStep.inOrder) {
            let (name, path) = open.openAnswer
            throw Refusal(code: "outstanding", message: "\(name) at \(path) is not answered yet; restart when it is")
        }
        if saga.status != .compensated, saga.status != .cancelled {
            for index in mailbox.indices where mailbox[index].consumedRun == saga.run {
                mailbox[index].consumedRun = nil
                mailbox[index].consumedPath = nil
            }
        }
        beginRun(input: saga.input, carrying: { $0.kind == .carried && $0.undo?.status == .recorded })
        saga.status = .running
        saga.businessStatus = nil
        // What the old run said of itself is not true of the new one, which says it again where it comes by it.
        saga.attributes = [:]
        saga.pausedAt = nil
        saga.output = nil
        saga.cause = nil
        saga.pivoted = false
        saga.compensation = nil
        proceed()
    }

    /// Whether an answer must be awaited first: what is known to be stuck is not, of steps and undos alike.
    ///
    /// Of a saga that was terminated nobody looks at the deadlines any more, and one that diverged may have closed
    /// steps without one. Neither undoes what still comes, so past its limit silence is no reason to wait. Where a late
    /// success would be undone, it is awaited as long as it takes.
    private func holdsUpRestart(_ step: SagaStep) -> Bool {
        let isOpen =
            step.undo?.status == .issued ? step.undo?.trouble == nil : step.isOutstanding && step.trouble == nil
        guard isOpen, saga.status == .terminated || saga.status == .diverged else { return isOpen }
        return step.answerIsDueBy > now
    }
}

extension SagaStep {
    /// What is not answered yet, and its address.
    fileprivate var openAnswer: (name: String, path: String) {
        guard let undo, undo.status == .issued else { return (name, path) }
        return (undo.name, SagaPath.undo(path))
    }

    /// When silence is too long, also where no deadline is kept any more. A child may take as long as it likes.
    fileprivate var answerIsDueBy: Date {
        guard deadlineAt == nil, undo?.status != .issued else { return deadlineAt ?? .distantPast }
        return replyWithin.map { (dueAt ?? startedAt) + $0.timeInterval } ?? .distantFuture
    }
}
