import Foundation
import Messaging
import Sagas

/// What one transaction made of a saga, compared with how it was loaded.
struct SagaChange {
    let machine: SagaMachine
    let before: SagaMachine
    private(set) var newSteps: [StepStore.Row] = []
    private(set) var updatedSteps: [StepStore.Row] = []

    init(_ machine: SagaMachine, since before: SagaMachine) {
        self.machine = machine
        self.before = before
        for retired in machine.retired {
            collect(retired.steps, run: retired.run)
        }
        collect(machine.steps.values, run: machine.saga.run)
    }

    private mutating func collect(_ steps: some Sequence<SagaStep>, run: Int) {
        let known = run == before.saga.run ? before.steps : [:]
        for step in steps where known[step.path] != step {
            let row = StepStore.Row(
                sagaID: machine.saga.id, workspaceID: machine.saga.workspaceID, run: run, step: step)
            if known[step.path] == nil {
                newSteps.append(row)
            } else {
                updatedSteps.append(row)
            }
        }
    }

    var hasEnded: Bool { machine.saga.status.isTerminal && !before.saga.status.isTerminal }

    var consumed: [MailboxStore.Consumption] {
        guard !machine.mailbox.isEmpty else { return [] }
        let known = Dictionary(before.mailbox.map { ($0.id, $0) }) { first, _ in first }
        return machine.mailbox.filter { entry in known[entry.id].map { $0 != entry } ?? (entry.consumedRun != nil) }
            .map { MailboxStore.Consumption($0) }
    }

    // MARK: Timers

    private var isSameRun: Bool { machine.saga.run == before.saga.run }

    /// Paths whose timers must go: disarmed, moved, or of an earlier run.
    var disarmed: [String] {
        let now = isSameRun ? machine.armedTimers : [:]
        return before.armedTimers.filter { now[$0.key] != $0.value }.keys.sorted()
    }

    var armed: [(path: String, dueAt: Date)] {
        let old = isSameRun ? before.armedTimers : [:]
        return machine.armedTimers.filter { old[$0.key] != $0.value || machine.rearmed.contains($0.key) }
            .map { (path: $0.key, dueAt: $0.value) }.sorted { $0.path < $1.path }
    }
}
