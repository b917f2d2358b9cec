import Commerce
import Foundation
import Messaging
import Sagas

/// What must hold when the faults are over and nothing more happens.
extension SimulatedWorld {
    func checkEverything() {
        for violation in ledger.violations { violate(violation) }
        checkNothingIsUnderWay()
        for id in store.sagas.keys.sorted() {
            guard let machine = store.machine(id, definition: definition, now: date(now)) else { continue }
            tally.finalStatuses[machine.saga.status, default: 0] += 1
            checkEnd(machine)
            checkReplay(machine)
            checkRuns(id)
        }
        checkEvents()
    }

    private func checkNothingIsUnderWay() {
        if !broker.isEmpty { violate("messages are left in the broker") }
        if !store.outbox.isEmpty { violate("rows are left in the outbox") }
        for timer in store.timers { violate("the timer \(timer.message) never fires") }
    }

    // MARK: Every saga at its end, waiting for an event, or stuck with a reason

    private func checkEnd(_ machine: SagaMachine) {
        let saga = machine.saga
        func wrong(_ text: String) { violate("\(saga.id.short) \(saga.key) is \(saga.status.rawValue): \(text)") }
        switch saga.status {
        case .completed, .compensated, .cancelled, .failed:
            if let step = machine.steps.values.first(where: { $0.isOutstanding || $0.undo?.status == .issued }) {
                wrong("\(step.path) has never been answered")
            }
        case .terminated: checkRestart(machine, wrong)
        case .running, .paused, .diverged: wrong("nobody gets it out of that")
        case .waiting, .compensating: checkWait(machine, wrong)
        case .stuck: checkReason(machine, wrong)
        }
    }

    /// Whatever was under way when it was ended: an operator can start it over, at the latest when silence is too long.
    private func checkRestart(_ machine: SagaMachine, _ wrong: (String) -> Void) {
        guard !machine.steps.values.contains(where: { $0.isOutstanding && waitsForChild($0) }) else { return }
        var later = machine.reopened(at: machine.now + 86_400)
        do { try later.apply(.restart) } catch { wrong("it can never be restarted: \(error)") }
    }

    private func checkWait(_ machine: SagaMachine, _ wrong: (String) -> Void) {
        let open = machine.steps.values.filter { step in
            step.status == .issued || step.isOutstanding || step.undo?.status == .issued
        }
        for step in open.sorted(by: SagaStep.inOrder) {
            let isAnswered = step.kind == .wait && step.dueAt == nil || waitsForChild(step)
            if !isAnswered { wrong("\(step.path) \(step.name) waits for something that never comes") }
        }
        if open.isEmpty { wrong("it waits for nothing") }
    }

    private func waitsForChild(_ step: SagaStep) -> Bool {
        guard step.kind == .child, let request = try? step.request?.decode(ChildRequest.self) else { return false }
        guard let id = store.ids[request.key], let child = store.sagas[id] else { return false }
        return !child.saga.status.isTerminal
    }

    /// What an operator's retry cannot help, once the faults are over.
    private func checkReason(_ machine: SagaMachine, _ wrong: (String) -> Void) {
        let lasting = ["refused_after_pivot", "saga_error"]
        guard let reason = machine.saga.stuckReason else { return wrong("no reason is given") }
        if !lasting.contains(reason) { wrong("\(reason) remains after retries") }
    }

    // MARK: Replay

    private func checkReplay(_ machine: SagaMachine) {
        do {
            try SagaHistory(machine).replay(by: definition)
        } catch {
            violate("\(machine.saga.id.short): \(error)")
        }
        var again = machine
        again.start()
        guard again.differs(from: machine) else { return }
        violate("\(machine.saga.id.short) is not at rest at its end: \(machine.difference(to: again))")
    }

    // MARK: Events

    private func checkEvents() {
        var published: Set<String> = []
        for (id, row) in store.sagas {
            for (run, steps) in row.runs {
                for step in steps where step.kind == .publish { published.insert("\(id.short)/\(run)/\(step.path)") }
            }
        }
        for intent in published.sorted() where ledger.heard[intent]?.count != 1 {
            violate("the event of \(intent) was published \(ledger.heard[intent]?.count ?? 0) times")
        }
        for intent in ledger.heard.keys.sorted() where !published.contains(intent) {
            violate("an event was published for \(intent), which no history holds")
        }
    }
}

extension Store.SagaRow {
    /// Every run with its steps, oldest first.
    var runs: [(run: Int, steps: [SagaStep])] {
        (retired.map { ($0.run, $0.steps) } + [(saga.run, steps)]).map { ($0, $1.sorted(by: SagaStep.inOrder)) }
    }
}
