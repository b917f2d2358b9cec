import Commerce
import Foundation
import Messaging

extension SagaMachine {
    /// Does what an operator asks for.
    /// - Throws: ``Refusal`` `past_pivot` or `not_allowed`; nothing has changed then.
    public mutating func apply(_ verb: SagaVerb) throws {
        try check(verb)
        switch verb {
        case .retry: retry()
        case .cancel: compensate(.cancel)
        case .restart: restart()
        case .signal: break
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

    /// Sends what is outstanding once more, as a new attempt under the same key; or replays after a corrected deploy.
    private mutating func retry() {
        saga.stuckReason = nil
        saga.status = saga.compensation == nil ? .waiting : .compensating
        if saga.compensation == nil { saga.error = nil }
        if let step = steps.values.first(where: { [.issued, .refused].contains($0.undo?.status) }) {
            issueUndo(step.path)
        } else if let step = steps.values.first(where: { $0.isCommand && awaitsAnswer($0) }) {
            reissue(step.path)
        } else {
            resume()
        }
    }

    private func awaitsAnswer(_ step: SagaStep) -> Bool {
        step.status == .issued || (step.status == .refused && step.kind == .perform)
    }

    private mutating func reissue(_ path: String) {
        steps[path]?.status = .issued
        steps[path]?.attempt += 1
        steps[path]?.error = nil
        steps[path]?.seq = nil
        steps[path]?.finishedAt = nil
        let deadlineAt = steps[path]?.replyWithin.map { now + $0.timeInterval }
        steps[path]?.deadlineAt = deadlineAt
        actions.append(.send(path: path))
    }

    /// The same input once more as run + 1. Events of a run that was undone stay with it; those of one that failed
    /// are read again.
    private mutating func restart() {
        if saga.status != .compensated, saga.status != .cancelled {
            for index in mailbox.indices where mailbox[index].consumedRun == saga.run {
                mailbox[index].consumedRun = nil
                mailbox[index].consumedPath = nil
            }
        }
        saga.run += 1
        saga.status = .running
        saga.businessStatus = nil
        saga.output = nil
        saga.error = nil
        saga.stuckReason = nil
        saga.pivoted = false
        saga.compensation = nil
        saga.nextSeq = 0
        steps = [:]
        advance()
    }
}
