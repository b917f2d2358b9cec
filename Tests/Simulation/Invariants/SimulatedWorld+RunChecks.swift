import Commerce
import Messaging
import Sagas

/// What must have become of everything that a saga's runs brought about, as the observer saw it.
extension SimulatedWorld {
    func checkRuns(_ id: SagaID) {
        guard let row = store.sagas[id] else { return }
        var undone: [(step: SagaStep, intent: String, at: Int)] = []
        for (run, steps) in row.runs {
            for step in steps where step.kind == .perform || step.kind == .attempt {
                let intent = "\(id.short)/\(run)/\(step.path)"
                guard let effect = ledger.effects[intent], !ledger.skipped.contains(intent) else { continue }
                check(step, intent, effect, end(of: run, row))
                if let at = effect.undoneAt, !step.hasGone { undone.append((step, intent, at)) }
            }
        }
        checkOrder(undone)
        checkMail(row)
        for (_, steps) in row.runs {
            tally.steps += steps.count { $0.kind != .carried }
            for step in steps { tally.operations[step.kind, default: 0] += 1 }
        }
        tally.sagas += 1
    }

    /// - Returns: `nil` where the run was left as it was, and nothing follows from it.
    private func end(of run: Int, _ row: Store.SagaRow) -> SagaStatus? {
        guard run < row.saga.run else { return row.saga.status }
        switch runEnds[row.saga.id]?[run] {
        case .continued: return end(of: run + 1, row)
        case .ended(let status): return status
        case nil: return nil
        }
    }

    private func check(_ step: SagaStep, _ intent: String, _ effect: Ledger.Effect, _ end: SagaStatus?) {
        let isUndone = effect.undoneAt != nil
        switch end {
        // What is being compensated is undone when that is through, if it ever is: a child may never end.
        case .terminated, .diverged, .compensating, nil: break
        case .compensated, .cancelled, .failed:
            guard effect.isUndone, !isUndone else { return }
            violate("\(intent) was never undone, the run ended \(end?.rawValue ?? "")")
        case .completed, .waiting, .stuck, .paused, .running:
            if step.hasGone, effect.isUndone, !isUndone { violate("\(intent) was given up, and never undone") }
            guard end != .stuck, !step.hasGone, isUndone else { return }
            violate("\(intent) was undone, yet kept")
        }
    }

    private func checkOrder(_ undone: [(step: SagaStep, intent: String, at: Int)]) {
        let inTime = undone.sorted { $0.at < $1.at }
        for (first, second) in zip(inTime, inTime.dropFirst()) {
            guard let earlier = first.step.seq, let later = second.step.seq, earlier < later else { continue }
            guard isSameRun(first.intent, second.intent) else { continue }
            violate("\(first.intent) was undone before \(second.intent), which came after it")
        }
    }

    private func isSameRun(_ left: String, _ right: String) -> Bool {
        left.split(separator: "/").prefix(2) == right.split(separator: "/").prefix(2)
    }

    /// An event ends one wait of a run, whatever was delivered twice.
    private func checkMail(_ row: Store.SagaRow) {
        for (run, steps) in row.runs {
            let taken = Dictionary(grouping: steps.filter { $0.eventID != nil }) { $0.eventID ?? 0 }
            for (event, steps) in taken.sorted(by: { $0.key < $1.key }) where steps.count > 1 {
                violate("event \(event) ended \(steps.map(\.path)) of run \(run) of \(row.saga.id.short)")
            }
        }
    }
}
