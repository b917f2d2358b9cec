import Commerce
import Foundation
import Messaging

extension SagaMachine {
    /// LIMIT: a rolling deploy has replaced all replicas by then. A message that is put off is tried for longer, so
    /// that its last tries tell for good what this build makes of the saga.
    public static let otherBuildGrace = Duration.minutes(5)

    /// Whether `build` cannot go on from a history that another build has only just written: within a rolling deploy a
    /// replica of that build can, and this one is to leave the saga as it was.
    ///
    /// What the same build has written, or another a while ago, it cannot follow for good.
    /// - Parameter before: the saga as it was loaded.
    public func isLeftBehind(
        by build: String, since before: SagaMachine, within grace: Duration = SagaMachine.otherBuildGrace
    ) -> Bool {
        guard let author = before.saga.buildID, author != build else { return false }
        return now.timeIntervalSince(before.saga.updatedAt) < grace.timeInterval && cannotFollow(since: before)
    }

    /// Whether this activation is the one in which the code no longer went with the history.
    private func cannotFollow(since before: SagaMachine) -> Bool {
        switch saga.status {
        case .diverged:
            before.saga.status != .diverged || saga.error != before.saga.error
        case .stuck:
            ["undo_unknown", "saga_error"].contains(saga.stuckReason) && saga.stuckReason != before.saga.stuckReason
        case .running, .waiting, .paused, .compensating, .completed, .compensated, .cancelled, .terminated, .failed:
            false
        }
    }
}
