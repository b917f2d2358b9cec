import Commerce
import Foundation
import Messaging

extension SagaMachine {
    /// Begins to undo: what is outstanding is awaited first, then the recorded undos run in reverse order.
    mutating func compensate(_ cause: CompensationCause) {
        saga.status = .compensating
        saga.compensation = saga.compensation ?? cause
        for step in steps.values.filter({ $0.status == .issued }).sorted(by: SagaStep.inOrder) {
            let path = step.path
            if step.kind == .child {
                actions.append(.cancelChild(path: path))
            } else if step.isCommand {
                // Whose silence was noticed before gets a new limit: an operator must see it when it goes on.
                steps[path]?.deadlineAt = step.deadlineAt ?? (now + (step.replyWithin ?? .hours(1)).timeInterval)
                steps[path]?.trouble = step.trouble == "dead_letter" ? step.trouble : nil
            } else {
                steps[path]?.status = .cancelled
                steps[path]?.finishedAt = now
            }
        }
        continueCompensation()
    }

    /// One undo at a time: the next is sent when the one before it is done.
    mutating func continueCompensation() {
        saga.status = .compensating
        // WHY: also while others are awaited, or what was just answered would be shown as having no undo.
        evaluateUndo()
        guard !steps.values.contains(where: { $0.isOutstanding && ($0.status == .issued || $0.lost) }) else { return }
        guard !steps.values.contains(where: { $0.lacksUndo || $0.undo?.blocks == true }) else { return }
        guard let next = latest(of: steps.values.filter { $0.undo?.status == .recorded }) else {
            saga.status = end
            return
        }
        issueUndo(next.path)
    }

    private var end: SagaStatus {
        guard saga.compensation == .refusal else { return .cancelled }
        return steps.values.contains { $0.undo != nil } ? .compensated : .failed
    }

    // MARK: What the saga has gone on without

    /// Undoes what succeeded too late or in a branch that lost: at once, also after the pivot and after the end.
    mutating func undoClosed() {
        guard steps.values.contains(where: { $0.isClosed && ($0.lacksUndo || $0.undo?.status == .recorded) }) else {
            return
        }
        evaluateUndo()
        let owed = steps.values.filter { $0.isClosed && $0.undo?.status == .recorded }.sorted(by: SagaStep.inOrder)
        for step in owed where !step.lost { issueUndo(step.path) }
        let losers = Dictionary(grouping: owed.filter(\.lost)) { lostRace($0.path) ?? "" }
        for race in losers.keys.sorted() {
            let isBusy = steps.values.contains { $0.lost && $0.isUnsettled && lostRace($0.path) ?? "" == race }
            if !isBusy, let next = latest(of: losers[race] ?? []) { issueUndo(next.path) }
        }
    }

    /// Whether the branches that lost their race are undone.
    var losersAreSettled: Bool {
        !steps.values.contains { $0.lost && ($0.isUnsettled || $0.lacksUndo || $0.undo?.status == .recorded) }
    }

    /// Whether nothing is owed any more for what the saga has gone on without: the next run does not know of it.
    var closedAreSettled: Bool {
        losersAreSettled
            && !steps.values.contains { step in
                step.isClosed && (step.lacksUndo || [.recorded, .issued, .refused].contains(step.undo?.status))
            }
    }

    /// The race in which the branch of a lost step lost: each race undoes its losers in reverse order.
    private func lostRace(_ path: String) -> String? {
        SagaPath.enclosing(path).first { race in
            guard let decision = steps[race], decision.kind == .race, let winner = decision.result?.text else {
                return false
            }
            return SagaPath.branch(of: path, in: race).map(String.init) != winner
        }
    }

    // MARK: One undo

    private func latest(of steps: [SagaStep]) -> SagaStep? {
        steps.max { ($0.seq ?? 0, $1.path) < ($1.seq ?? 0, $0.path) }
    }

    mutating func issueUndo(_ path: String) {
        guard let undo = steps[path]?.undo else { return }
        steps[path]?.undo?.status = .issued
        steps[path]?.undo?.attempt += 1
        steps[path]?.undo?.error = nil
        steps[path]?.undo?.trouble = nil
        steps[path]?.deadlineAt = now + Duration.milliseconds(undo.replyWithinMilliseconds).timeInterval
        actions.append(.sendUndo(path: path))
    }
}

extension UndoRecord {
    /// Whether the undo before must be through first.
    fileprivate var blocks: Bool { status == .issued || status == .refused }
}

extension SagaStep {
    /// Whether an answer of its own or of its undo is still to come.
    fileprivate var isUnsettled: Bool { isOutstanding || undo?.status == .issued || undo?.status == .refused }
}
