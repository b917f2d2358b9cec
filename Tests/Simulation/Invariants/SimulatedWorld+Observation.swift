import Commerce
import Foundation
import Messaging
import Sagas

/// What must hold at every commit.
extension SimulatedWorld {
    func observe(_ changes: [SagaChange], _ orders: [CarriedOut]) {
        for order in orders {
            tally.verbs[order.order.verb, default: 0] += 1
            ledger.note(order)
        }
        for change in changes {
            tally.activations += 1
            if change.before.saga.version == 0 { tally.statuses[.running, default: 0] += 1 }
            if change.machine.saga.status != change.before.saga.status {
                tally.statuses[change.machine.saga.status, default: 0] += 1
            }
            note("  \(change.words)")
            remember(change, orders.contains { $0.sagaID == change.machine.saga.id && $0.order.verb == .restart })
            check(change)
        }
    }

    /// How runs ended: of a restarted one the saga's row tells no more.
    private func remember(_ change: SagaChange, _ isRestarted: Bool) {
        for (place, run) in change.machine.retired.enumerated() {
            let end: RunEnd = place == 0 && isRestarted ? .ended(change.before.saga.status) : .continued
            runEnds[change.machine.saga.id, default: [:]][run.run] = end
        }
    }

    private func check(_ change: SagaChange) {
        checkUndoOrder(change)
        checkPivot(change.machine)
        checkPause(change)
        checkBuild(change)
        // What news a careless or an older build only notes, it has not replayed.
        if random.chance(50), !isCareless, !isRolling, !change.waitsForRetry { checkRest(change.machine) }
    }

    /// A saga that another build has just written does not diverge: nothing is wrong with it.
    private func checkBuild(_ change: SagaChange) {
        let (before, saga) = (change.before.saga, change.machine.saga)
        guard saga.status == .diverged, before.status != .diverged, before.buildID != saga.buildID else { return }
        let age = change.machine.now.timeIntervalSince(before.updatedAt)
        guard before.buildID != nil, age < ProgramBuild.otherBuildGrace.timeInterval else { return }
        violate("\(saga.id.short) diverged \(age) s after the build '\(before.buildID ?? "")' had written it")
    }

    /// One undo at a time, the latest result first.
    private func checkUndoOrder(_ change: SagaChange) {
        let machine = change.machine
        for case .sendUndo(let path) in machine.actions {
            guard let step = machine.steps[path], !step.hasGone, step.undo?.attempt == 1 else { continue }
            let before = machine.steps.values.filter {
                $0.path != path && !$0.hasGone && $0.undo?.status == .recorded && ($0.seq ?? 0) > (step.seq ?? 0)
            }
            guard let first = before.min(by: SagaStep.inOrder) else { continue }
            violate("\(machine.address(path).short) is undone before \(first.path), which came after it")
        }
    }

    private func checkPivot(_ machine: SagaMachine) {
        guard machine.saga.pivoted else { return }
        let left = machine.steps.values.filter { !$0.hasGone && $0.undo?.status == .recorded }
        guard let step = left.min(by: SagaStep.inOrder) else { return }
        violate("\(machine.address(step.path).short) can still be undone after the pivot")
    }

    /// A pause moves what runs for a time by as long as it was, and not what ends at a moment.
    private func checkPause(_ change: SagaChange) {
        let (before, machine) = (change.before, change.machine)
        guard before.saga.run == machine.saga.run, before.saga.status == .paused, let pausedAt = before.saga.pausedAt,
            machine.saga.pausedAt == nil, machine.saga.status != .terminated
        else {
            return
        }
        for (path, step) in before.steps {
            guard let dueAt = step.dueAt, let now = machine.steps[path], now.status == .issued else { continue }
            let pause = step.kind == .sleepUntil ? 0 : machine.now.timeIntervalSince(pausedAt)
            if abs((now.dueAt ?? dueAt).timeIntervalSince(dueAt) - pause) > 0.001 {
                violate("\(machine.address(path).short) was due at \(dueAt), and after a pause of \(pause) s still is")
            }
        }
    }

    /// What was committed is at rest: looking again changes nothing.
    private func checkRest(_ machine: SagaMachine) {
        guard let stored = store.machine(machine.saga.id, definition: definition, now: machine.now) else { return }
        var again = stored
        again.start()
        guard again.differs(from: stored) else { return }
        violate("\(machine.saga.id.short) is not at rest after a commit: \(stored.difference(to: again))")
    }
}

enum RunEnd {
    /// Another run took up what it left.
    case continued
    case ended(SagaStatus)
}

extension SagaStep {
    /// Whether the saga has gone on without it.
    var hasGone: Bool { lost || status == .timedOut || status == .cancelled }
}

extension SagaMachine {
    func difference(to other: SagaMachine) -> String {
        let paths = Set(steps.keys).union(other.steps.keys).sorted().filter { steps[$0] != other.steps[$0] }
        return "status \(saga.status)→\(other.saga.status), actions \(other.actions), steps \(paths)"
    }
}

extension SagaChange {
    /// What a build could not evaluate stays stuck under a better one until it is retried; mail alone does not do that.
    fileprivate var waitsForRetry: Bool {
        before.saga.stuckReason == "undo_unknown" && machine.saga.stuckReason == "undo_unknown"
    }

    fileprivate var words: String {
        let saga = machine.saga
        let changed = machine.steps.values.filter { before.steps[$0.path] != $0 || machine.saga.run != before.saga.run }
        let steps = changed.sorted(by: SagaStep.inOrder).map(\.words).joined(separator: ", ")
        let reason = saga.stuckReason.map { " (\($0))" } ?? ""
        return
            "\(saga.id.short) \(saga.key) run \(saga.run) v\(saga.version) \(saga.status.rawValue)\(reason): \(steps)"
    }
}

extension SagaStep {
    fileprivate var words: String {
        var words = "\(path) \(name) \(status.rawValue)"
        if let seq { words += " seq \(seq)" }
        if lost { words += " lost" }
        if let trouble { words += " \(trouble)" }
        if let undo { words += " undo \(undo.status.rawValue)#\(undo.attempt)" }
        return words
    }
}
