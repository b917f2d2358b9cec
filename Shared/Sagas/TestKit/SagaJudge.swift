import Commerce
import Messaging

/// What must hold of a saga at the end of any journey.
struct SagaJudge {
    private let scenario: SagaScenario

    init(_ scenario: SagaScenario) {
        self.scenario = scenario
    }

    var objections: [String] { standing + leftovers + order }

    private var standing: [String] {
        switch scenario.status {
        case .completed, .compensated, .cancelled, .failed, .terminated: []
        case .waiting:
            scenario.outstanding.isEmpty ? [] : ["it waits for an answer that came"]
        case .stuck: scenario.stuckReason == nil ? ["it is stuck without a reason"] : []
        case .running, .paused, .compensating: ["it stopped while \(scenario.status.rawValue)"]
        case .diverged: ["it diverged: \(scenario.error?.message ?? "")"]
        }
    }

    private var leftovers: [String] {
        scenario.steps.filter { isLeftBehind($0) }.map { "\($0.name) at \($0.path) was not undone" }
    }

    /// Of a saga that was undone nothing may stay; of one that has completed, nothing that it went on without.
    private func isLeftBehind(_ step: SagaHistory.Step) -> Bool {
        guard step.undo?.status == .recorded || step.undo?.status == .issued else { return false }
        switch scenario.status {
        case .compensated, .cancelled, .failed: return true
        case .completed: return step.lost || step.status == "timed_out" || step.status == "cancelled"
        case .running, .waiting, .paused, .compensating, .terminated, .stuck, .diverged: return false
        }
    }

    /// The undos of a compensation come in the reverse order of what they undo; one tried again keeps its place.
    private var order: [String] {
        let undone = scenario.sent.filter { $0.isUndo && $0.attempt == 1 }.compactMap { command in
            scenario.steps.first { $0.path == command.path }.flatMap {
                $0.lost || $0.status != "completed" ? nil : $0.seq
            }
        }
        return undone == undone.sorted(by: >) ? [] : ["undone in the wrong order: \(undone)"]
    }
}
