import Commerce
import Foundation
import Messaging

/// What one replay reads and writes: the history, shared by the saga's context and those of its branches.
final class SagaRecorder {
    /// What operations may do that have no record yet.
    enum Mode {
        /// Nothing: only what is recorded counts.
        case observe
        /// Begin what is over at once: `now`, `uuid`, `publish`, `patched`.
        case instants
        /// Begin anything.
        case act
    }

    /// What a saga says about itself, besides its operations.
    struct Facts {
        var businessStatus: String?
        var attributes: [String: String]
    }

    let sagaID: SagaID
    let run: Int
    let now: Date
    var mode: Mode
    /// Whether this replay is only for undos that are not known yet: it also enters branches that have lost.
    let evaluatesUndo: Bool
    private(set) var steps: [String: SagaStep]
    private let before: [String: SagaStep]
    private(set) var visited: Set<String> = []
    private(set) var consumed: Set<Int> = []
    var facts: Facts
    var patches: [String: Bool] = [:]
    var observer: SagaObserver?
    /// Whether the saga only goes forward from here.
    var isPivoted: Bool
    private let mailbox: [MailboxEntry]
    private let firstSeq: Int
    private var nextSeq: Int
    private var operations: Int

    init(_ machine: SagaMachine, mode: Mode, evaluatesUndo: Bool = false) {
        sagaID = machine.saga.id
        run = machine.saga.run
        now = machine.now
        self.mode = mode
        self.evaluatesUndo = evaluatesUndo
        steps = machine.steps
        before = machine.steps
        mailbox = machine.mailbox
        facts = Facts(businessStatus: machine.saga.businessStatus, attributes: machine.saga.attributes)
        isPivoted = machine.saga.pivoted
        firstSeq = machine.saga.nextSeq
        nextSeq = firstSeq
        operations = machine.steps.values.count { $0.kind != .carried }
    }

    // MARK: Records

    /// The record of an operation, if there is one.
    /// - Throws: ``Divergence`` when the history has another operation at this path.
    func recall(_ path: String, _ kind: SagaStep.Kind, _ name: String) throws -> SagaStep? {
        visited.insert(path)
        guard let step = steps[path] else { return nil }
        guard step.kind == kind, step.name == name else {
            throw Divergence(
                description: "operation \(path) was \(step.kind.rawValue) \(step.name), the code now does "
                    + "\(kind.rawValue) \(name)")
        }
        return step
    }

    /// Begins an operation.
    /// - Throws: ``Suspended`` when nothing may begin now.
    func begin(_ path: String, _ kind: SagaStep.Kind, _ name: String, _ fill: (inout SagaStep) throws -> Void) throws
        -> SagaStep
    {
        guard mode == .act || (mode == .instants && kind.isInstant) else { throw Suspended() }
        operations += 1
        guard operations <= SagaBounds.operationsMax else {
            throw SagaMisuse(
                code: "too_many_operations",
                message: "a run has at most \(SagaBounds.operationsMax) operations: continue as new before")
        }
        var step = SagaStep(path: path, kind: kind, name: name, status: .issued, startedAt: now)
        try fill(&step)
        if kind.isInstant {
            step.status = .completed
            step.finishedAt = now
            step.seq = activationSeq()
        }
        steps[path] = step
        return step
    }

    func update(_ path: String, _ change: (inout SagaStep) -> Void) {
        guard var step = steps.removeValue(forKey: path) else { return }
        change(&step)
        steps[path] = step
    }

    func record(_ step: SagaStep) {
        steps[step.path] = step
    }

    func discard(_ path: String) {
        steps[path] = nil
        operations -= 1
    }

    func isNew(_ path: String) -> Bool { before[path] == nil }

    func steps(within prefix: String) -> [SagaStep] {
        steps.values.filter { SagaPath.isWithin($0.path, prefix) }
    }

    /// The place of a branch's last record; a branch without any comes first.
    func lastSeq(within prefix: String) -> Int {
        steps(within: prefix).compactMap(\.seq).max() ?? -1
    }

    // MARK: Order

    /// `now`, `uuid` and `publish` all take the place of their activation, before anything else that it records.
    private func activationSeq() -> Int {
        if nextSeq == firstSeq { nextSeq += 1 }
        return firstSeq
    }

    func takeSeq() -> Int {
        // The first place is the activation's own.
        nextSeq = max(nextSeq, firstSeq + 1)
        defer { nextSeq += 1 }
        return nextSeq
    }

    var seqAfterwards: Int { nextSeq }

    // MARK: Mail

    /// Takes the oldest event that matches.
    func take(_ matches: (MailboxEntry) -> Bool) -> MailboxEntry? {
        guard mode == .act else { return nil }
        let entry = mailbox.first { $0.consumedRun == nil && !consumed.contains($0.id) && matches($0) }
        if let entry { consumed.insert(entry.id) }
        return entry
    }
}

extension SagaStep.Kind {
    /// Over as soon as it is begun.
    var isInstant: Bool {
        switch self {
        case .pivot, .now, .uuid, .publish, .patch, .race: true
        case .perform, .attempt, .child, .wait, .sleep, .sleepUntil, .carried: false
        }
    }
}
