import Commerce
import Foundation
import Messaging

extension SagaContext {
    /// Runs branches side by side and waits for all of them.
    ///
    /// When one refuses, the others begin nothing new and what they have outstanding is awaited; then the refusal with
    /// the lowest seq is thrown. What any branch completed stays on the undo list.
    public func all<each R>(_ branch: repeat @escaping (SagaContext) throws -> each R) throws -> (repeat each R) {
        let slots = (repeat BranchSlot<each R>(each branch))
        var runs: [(SagaContext) throws -> Void] = []
        repeat runs.append((each slots).enter)
        try runAll(runs)
        return (repeat try (each slots).take())
    }

    /// One branch for each item.
    public func all<T, R>(_ items: [T], _ body: @escaping (SagaContext, T) throws -> R) throws -> [R] {
        let slots = items.map { item in BranchSlot { try body($0, item) } }
        try runAll(slots.map { $0.enter })
        return try slots.map { try $0.take() }
    }

    /// Runs branches side by side until the first is through; the others are given up and undone.
    ///
    /// Decided by the lowest seq of a branch's last record. A refusal ends its branch and can win. An event that a
    /// loser took stays taken.
    public func race<R>(_ branches: ((SagaContext) throws -> R)...) throws -> R {
        let slots = branches.map(BranchSlot.init)
        let winner = try runRace(slots.map { $0.enter })
        return try slots[winner].take()
    }
}

/// Holds what a branch returned.
private final class BranchSlot<R> {
    private let body: (SagaContext) throws -> R
    private var value: R?

    init(_ body: @escaping (SagaContext) throws -> R) {
        self.body = body
    }

    func enter(_ context: SagaContext) throws {
        value = try body(context)
    }

    func take() throws -> R {
        guard let value else { throw SagaMisuse(message: "a branch has no result") }
        return value
    }
}

/// How far a branch came in one replay.
private enum BranchEnd {
    case finished
    case refused(Refusal)
    case suspended

    var refusal: Refusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }

    var isThrough: Bool {
        if case .suspended = self { false } else { true }
    }
}

extension SagaContext {
    private typealias Branch = (SagaContext) throws -> Void

    private func run(_ branch: Branch, _ index: Int, of base: String, _ mode: SagaRecorder.Mode) throws -> BranchEnd {
        let outer = recorder.mode
        recorder.mode = mode
        defer { recorder.mode = outer }
        do {
            try branch(SagaContext(recorder, prefix: "\(base)/\(index)/"))
            return .finished
        } catch is Suspended {
            return .suspended
        } catch let refusal as Refusal {
            return .refused(refusal)
        }
    }

    // MARK: All

    private func runAll(_ branches: [Branch]) throws {
        let base = try nextPath()
        try branching {
            try expectNoRecord(at: base, "all")
            let facts = recorder.facts
            var ends = try branches.enumerated().map { try run($1, $0, of: base, .observe) }
            if recorder.mode != .observe, !ends.contains(where: { $0.refusal != nil }) {
                // What an open race said of itself in the first pass does not count.
                recorder.facts = facts
                // Branches that are through come again too: a race within them may be decided and not recorded yet.
                for (index, branch) in branches.enumerated() {
                    ends[index] = try run(branch, index, of: base, recorder.mode)
                }
            }
            try conclude(ends, base)
        }
    }

    private func conclude(_ ends: [BranchEnd], _ base: String) throws {
        let refused = ends.indices.filter { ends[$0].refusal != nil }
        guard let first = refused.min(by: { seq($0, base) < seq($1, base) }) else {
            guard ends.allSatisfy(\.isThrough) else { throw Suspended() }
            return
        }
        guard !recorder.steps(within: base).contains(where: { $0.status == .issued && $0.isOutstanding }) else {
            throw Suspended()
        }
        throw ends[first].refusal ?? Refusal(code: "refused", message: base)
    }

    private func seq(_ branch: Int, _ base: String) -> (Int, Int) {
        (recorder.lastSeq(within: "\(base)/\(branch)"), branch)
    }

    // MARK: Race

    /// - Returns: the branch that won, its value in its slot.
    private func runRace(_ branches: [Branch]) throws -> Int {
        let base = try nextPath()
        return try branching {
            guard let decision = try recorder.recall(base, .race, "race") else { return try decide(branches, base) }
            let winner: Int = try read(decision)
            guard branches.indices.contains(winner) else {
                throw Divergence(description: "branch \(winner) won race \(base), the code has \(branches.count)")
            }
            if recorder.evaluatesUndo { try visitLosers(branches, base, winner) }
            return try conclude(run(branches[winner], winner, of: base, recorder.mode), winner)
        }
    }

    private func conclude(_ end: BranchEnd, _ winner: Int) throws -> Int {
        switch end {
        case .finished: return winner
        case .refused(let refusal): throw refusal
        case .suspended: throw Suspended()
        }
    }

    /// A branch that has lost is entered only where the undo of one of its steps must be found.
    private func visitLosers(_ branches: [Branch], _ base: String, _ winner: Int) throws {
        for (index, branch) in branches.enumerated() where index != winner {
            _ = try run(branch, index, of: base, .observe)
        }
    }

    /// What is recorded decides first; only when that leaves the race open do branches begin anything.
    private func decide(_ branches: [Branch], _ base: String) throws -> Int {
        let facts = recorder.facts
        var ends: [BranchEnd] = []
        var factsAfter: [SagaRecorder.Facts] = []
        for (index, branch) in branches.enumerated() {
            recorder.facts = facts
            ends.append(try run(branch, index, of: base, .observe))
            factsAfter.append(recorder.facts)
        }
        if !ends.contains(where: \.isThrough), recorder.mode != .observe {
            for (index, branch) in branches.enumerated() {
                recorder.facts = facts
                // Once one is through, another can be before it only with what is over at once.
                let mode = ends.contains(where: \.isThrough) ? .instants : recorder.mode
                ends[index] = try run(branch, index, of: base, mode)
                factsAfter[index] = recorder.facts
            }
        }
        let through = ends.indices.filter { ends[$0].isThrough }
        guard let winner = through.min(by: { seq($0, base) < seq($1, base) }) else { throw Suspended() }
        guard recorder.mode != .observe else {
            recorder.facts = factsAfter[winner]
            return try conclude(ends[winner], winner)
        }
        try record(winner, base, branches.count)
        // Once more, now for good: a race within the winner may be decided and not recorded yet.
        recorder.facts = facts
        return try conclude(run(branches[winner], winner, of: base, recorder.mode), winner)
    }

    private func record(_ winner: Int, _ base: String, _ count: Int) throws {
        var decision = try recorder.begin(base, .race, "race") { $0.result = try RawJSON(encoding: winner) }
        // The decision itself has no place in the order: the winner's last record has.
        decision.seq = nil
        recorder.record(decision)
        for branch in 0..<count where branch != winner {
            for step in recorder.steps(within: "\(base)/\(branch)") { lose(step) }
        }
    }

    /// What a loser issued in this activation never leaves it; what it issued before is awaited and undone, an attempt
    /// that it had gone on without too.
    private func lose(_ step: SagaStep) {
        guard !recorder.isNew(step.path) || step.eventID != nil else { return recorder.discard(step.path) }
        recorder.update(step.path) { step in
            step.lost = true
            if step.undo?.status == .discarded { step.undo?.status = .recorded }
            if step.isOutstanding, step.deadlineAt == nil, let replyWithin = step.replyWithin {
                step.deadlineAt = recorder.now + replyWithin.timeInterval
            }
            guard step.status == .issued else { return }
            step.status = .cancelled
            if !step.isCommand { step.finishedAt = recorder.now }
        }
    }

    private func expectNoRecord(at path: String, _ operation: String) throws {
        guard let step = recorder.steps[path] else { return }
        throw Divergence(
            description: "operation \(path) was \(step.kind.rawValue) \(step.name), the code now does \(operation)")
    }
}
