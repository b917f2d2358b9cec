import Commerce
import Foundation
import Messaging

extension SagaMachine {
    /// Whether the saga's code may go on now.
    var goesForward: Bool {
        saga.compensation == nil && [.running, .waiting, .stuck].contains(saga.status)
    }

    /// Does what the records call for: replays the code, undoes what is closed, compensates.
    mutating func proceed() {
        switch saga.status {
        case .paused, .terminated, .diverged:
            return
        case .completed, .compensated, .cancelled, .failed:
            undoClosed()
        case .running, .waiting, .compensating, .stuck:
            saga.stuckReason = nil
            saga.error = saga.cause
            saga.compensation == nil ? advance() : continueCompensation()
        }
        showTrouble()
    }

    // MARK: Forward

    /// Replays the saga over its history up to where it must wait.
    private mutating func advance() {
        var continuations = 0
        while let input = replay() {
            continuations += 1
            guard continuations < SagaBounds.continuationsPerActivation else {
                return stick("saga_error", "the saga continues as new again and again without waiting")
            }
            beginRun(input: input, carrying: { $0.undo?.status == .recorded && !$0.isClosed })
        }
    }

    /// - Returns: the input of the next run, where this one is over and has another behind it.
    private mutating func replay() -> RawJSON? {
        hasReplayed = true
        let recorder = SagaRecorder(self, mode: .act)
        let outcome = definition.replay(saga.input, SagaContext(recorder))
        if case .diverged(let message) = outcome {
            diverge(message)
            return nil
        }
        if let forgotten = firstUnvisited(recorder) {
            // What cannot be read ends the replay early: the rest is not forgotten, and nothing is taken over.
            if case .failed(let misuse) = outcome {
                stick(misuse.code, misuse.message)
                return nil
            }
            diverge(
                "the history has \(forgotten.kind.rawValue) \(forgotten.name) at \(forgotten.path), the code has not")
            return nil
        }
        absorb(recorder)
        undoClosed()
        return conclude(outcome)
    }

    private mutating func conclude(_ outcome: ReplayOutcome) -> RawJSON? {
        saga.status = .waiting
        switch outcome {
        case .suspended, .diverged:
            break
        case .completed(let output):
            guard losersAreSettled else { break }
            saga.output = output
            saga.status = .completed
        case .refused(let refusal):
            refused(refusal)
        case .continued(let input):
            return canContinue() ? input : nil
        case .failed(let misuse):
            stick(misuse.code, misuse.message)
        }
        return nil
    }

    private mutating func refused(_ refusal: Refusal) {
        if saga.pivoted {
            saga.stuckReason = "refused_after_pivot"
            saga.error = refusal
            saga.status = .stuck
        } else if losersAreSettled {
            saga.cause = refusal
            saga.error = refusal
            compensate(.refusal)
        }
    }

    /// A run ends only when no reply to it can come any more.
    private mutating func canContinue() -> Bool {
        guard closedAreSettled else { return false }
        guard let open = steps.values.filter(\.isOutstanding).min(by: SagaStep.inOrder) else { return true }
        stick(
            "saga_error",
            "continueAsNew while \(open.name) at \(open.path) is outstanding; it goes on when that is answered")
        return false
    }

    /// What the history holds and the code did not come by; branches that lost are not entered again.
    func firstUnvisited(_ recorder: SagaRecorder) -> SagaStep? {
        steps.values.filter { step in
            !recorder.visited.contains(step.path) && !step.lost && step.kind != .carried && step.kind != .patch
        }.min(by: SagaStep.inOrder)
    }

    /// Takes over what the replay recorded, and owes what it began.
    private mutating func absorb(_ recorder: SagaRecorder) {
        let before = steps
        steps = recorder.steps
        saga.nextSeq = recorder.seqAfterwards
        saga.businessStatus = recorder.facts.businessStatus
        saga.attributes = recorder.facts.attributes
        saga.pivoted = saga.pivoted || steps.values.contains { $0.kind == .pivot }
        consume()
        let begun = steps.values.filter { $0.action(after: before[$0.path]) != nil }
        actions += begun.sorted(by: SagaStep.inOrder).compactMap { $0.action(after: before[$0.path]) }
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
        guard steps.values.contains(where: \.lacksUndo) else { return }
        let recorder = SagaRecorder(self, mode: .observe, evaluatesUndo: true)
        _ = definition.replay(saga.input, SagaContext(recorder))
        for (path, step) in recorder.steps where steps[path]?.undoEvaluated == false && step.undoEvaluated {
            steps[path]?.undo = step.undo
            steps[path]?.undoEvaluated = true
        }
    }

    // MARK: Runs

    /// Puts an empty history in the place of this one. Undos that are still owed, and the seq they are ordered by, stay.
    mutating func beginRun(input: RawJSON, carrying isCarried: (SagaStep) -> Bool) {
        let published = actions.compactMap { action in
            if case .publish(let path) = action { steps[path] } else { nil }
        }
        retired.append(RetiredRun(run: saga.run, steps: Array(steps.values), published: published))
        // The paths of what is owed from now on are the new run's.
        actions = []
        let carried = steps.values.filter(isCarried).map { $0.carried(from: saga.run) }
        saga.run += 1
        saga.input = input
        steps = Dictionary(uniqueKeysWithValues: carried.map { ($0.path, $0) })
        rearmed = []
    }

    // MARK: Trouble

    private mutating func stick(_ reason: String, _ message: String) {
        saga.status = .stuck
        saga.stuckReason = reason
        saga.error = Refusal(code: reason, message: message)
    }

    private mutating func diverge(_ message: String) {
        saga.status = .diverged
        saga.error = Refusal(code: "diverged", message: message)
    }

    /// A saga with something open that cannot go on by itself is stuck, whatever else it is doing.
    mutating func showTrouble() {
        guard ![.paused, .terminated, .diverged].contains(saga.status) else { return }
        guard let trouble else { return }
        saga.status = .stuck
        saga.stuckReason = trouble.code
        saga.error = trouble
    }

    private var trouble: Refusal? {
        func trouble(_ step: SagaStep) -> Refusal? {
            step.openTrouble(undoIsOwed: saga.compensation != nil || step.isClosed)
        }
        return steps.values.filter { trouble($0) != nil }.min(by: SagaStep.inOrder).flatMap(trouble)
    }
}

extension SagaStep {
    /// What a commit owes because this step is new, or newly given up.
    fileprivate func action(after before: SagaStep?) -> SagaAction? {
        guard let before else {
            switch kind {
            case .perform, .attempt: return .send(path: path)
            case .child: return .startChild(path: path)
            case .publish: return .publish(path: path)
            case .wait, .sleep, .sleepUntil, .pivot, .now, .uuid, .patch, .race, .carried: return nil
            }
        }
        return kind == .child && before.status == .issued && status == .cancelled ? .cancelChild(path: path) : nil
    }

    fileprivate func carried(from run: Int) -> SagaStep {
        guard kind != .carried else { return self }
        var step = SagaStep(
            path: "-\(run)/\(path)", kind: .carried, name: name, status: .completed, startedAt: startedAt)
        step.seq = seq
        step.undo = undo
        step.undoEvaluated = true
        step.finishedAt = finishedAt
        return step
    }

    /// - Parameter undoIsOwed: whether its undo, once known, is to be done.
    fileprivate func openTrouble(undoIsOwed: Bool) -> Refusal? {
        if let trouble = pressingTrouble {
            return error.map { Refusal(code: trouble, message: "\(name): \($0.message)") }
                ?? Refusal(code: trouble, message: "\(name) was not answered in time")
        }
        guard let undo else {
            guard undoIsOwed, lacksUndo else { return nil }
            return Refusal(code: "undo_unknown", message: "the undo of \(name) cannot be evaluated by this build")
        }
        switch undo.status {
        case .refused:
            return Refusal(code: "undo_refused", message: undo.error?.message ?? undo.name)
        case .issued:
            guard let trouble = undo.trouble else { return nil }
            return Refusal(code: trouble, message: "\(undo.name): \(undo.error?.message ?? "not answered in time")")
        case .recorded, .completed, .skipped, .discarded:
            return nil
        }
    }
}
