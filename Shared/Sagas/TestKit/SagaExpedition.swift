import Commerce
import Foundation
import Messaging

/// One way through a saga: what is open is answered, until it is at rest; one trouble is met where it is looked for.
struct SagaExpedition {
    /// A trouble, and the step that it is to befall.
    struct Ordeal: Hashable {
        let trouble: SagaExplorer.Trouble
        let path: String
    }

    var scenario: SagaScenario
    let observer: SagaObserver
    private(set) var objections: [String] = []
    /// What could befall it on its way, in the order in which it came by.
    private(set) var places: [Ordeal] = []
    private var known: Set<Ordeal> = []
    private let ordeal: Ordeal?
    private var isMet = false
    private var isCancelled = false
    /// How often each event came.
    private var brought: [String: Int] = [:]
    // LIMIT: a saga that needs more answers than this goes round in circles.
    private static let answersMax = 200

    init(_ scenario: SagaScenario, _ ordeal: Ordeal?, _ observer: SagaObserver) {
        self.scenario = scenario
        self.ordeal = ordeal
        self.observer = observer
    }

    /// Goes on until the saga is at rest, or waits for what cannot be made up.
    mutating func travel() throws {
        var answers = 0
        while !isAtRest {
            guard answers < Self.answersMax else {
                return objections.append("it is not at rest after \(answers) answers")
            }
            answers += 1
            if ordeal == nil { lookAround() }
            guard try takeTurn() else { break }
        }
        judgeOrdeal()
    }

    private var isAtRest: Bool {
        if scenario.status.isTerminal { return scenario.outstanding.isEmpty }
        return scenario.status == .stuck || scenario.status == .diverged
    }

    private mutating func takeTurn() throws -> Bool {
        guard let ordeal, !isMet else { return try goOn() }
        if isDue(ordeal) {
            isMet = true
            let found = try befall(ordeal)
            objections += found
            return true
        }
        if ordeal.trouble.isOfUndo, !isCancelled, undo(of: ordeal.path)?.status == .recorded, canCancel {
            try cancel()
            return true
        }
        return try goOn()
    }

    private mutating func judgeOrdeal() {
        if let ordeal, !isMet { objections.append("\(ordeal.trouble.rawValue) at \(ordeal.path) never came about") }
        guard isCancelled, ![.cancelled, .compensated, .failed].contains(scenario.status) else { return }
        objections.append("it was cancelled and ended \(scenario.status.rawValue)")
    }

    mutating func cancel() throws {
        try scenario.apply(.cancel)
        isCancelled = true
    }

    // MARK: Where it stands

    func step(_ path: String) -> SagaHistory.Step? { scenario.steps.first { $0.path == path } }

    func undo(of path: String) -> UndoRecord? { step(path)?.undo }

    var canCancel: Bool {
        SagaVerb.cancel.isAllowed(in: scenario.status, pivoted: scenario.recorded.saga.pivoted)
    }

    /// What the saga waits for here: not what it goes on without.
    private func isOpen(_ step: SagaHistory.Step) -> Bool { step.status == "issued" && !step.lost }

    private func isDue(_ ordeal: Ordeal) -> Bool {
        guard let step = step(ordeal.path) else { return false }
        return ordeal.trouble.isOfUndo ? step.undo?.status == .issued : isOpen(step)
    }

    private mutating func lookAround() {
        for step in scenario.steps {
            if isOpen(step) { note(SagaExplorer.Trouble.befalling(step.kind), at: step.path) }
            let isUndone = step.undo?.status == .issued || (step.undo?.status == .recorded && canCancel)
            if isUndone, step.kind != "carried" { note([.undoRefusal, .undoSilence], at: step.path) }
        }
    }

    private mutating func note(_ troubles: [SagaExplorer.Trouble], at path: String) {
        for place in troubles.map({ Ordeal(trouble: $0, path: path) }) where known.insert(place).inserted {
            places.append(place)
        }
    }

    // MARK: The straight way

    /// Answers what is open, oldest first; then brings events; then lets time run out.
    /// - Returns: false when the saga waits for what cannot be made up.
    private mutating func goOn() throws -> Bool {
        if let command = scenario.outstanding.first {
            try accept(command)
            return true
        }
        if let child = scenario.steps.first(where: isUnansweredChild) {
            try scenario.answer(child.path, childEnd(child.path))
            return true
        }
        if try bringEvent() { return true }
        guard let dueAt = try scenario.timers.values.min() else { return false }
        try advance(to: dueAt)
        return true
    }

    /// Also one of a branch that has lost: it is awaited, and undone.
    private func isUnansweredChild(_ step: SagaHistory.Step) -> Bool {
        step.kind == SagaStep.Kind.child.rawValue && (try? step.step().isOutstanding) == true
    }

    /// One that its parent has cancelled ends so.
    private func childEnd(_ path: String) throws -> CommandReply {
        guard isCancelled else { return .accepted(try observer.sample(at: path)) }
        return .refused(Refusal(code: "child_cancelled", message: "cancelled with its parent"))
    }

    /// Those that came least often first: a saga that asks for one again and again goes on with another.
    private mutating func bringEvent() throws -> Bool {
        let waits = scenario.steps.filter { $0.kind == "wait" && $0.status == "issued" && !isAbsent($0.path) }
        for wait in waits.sorted(by: { brought[$0.name, default: 0] < brought[$1.name, default: 0] }) {
            brought[wait.name, default: 0] += 1
            try scenario.deliver(wait.name, observer.sample(at: wait.path))
            if step(wait.path)?.status != "issued" { return true }
        }
        return false
    }

    private func isAbsent(_ path: String) -> Bool { isMet && ordeal == Ordeal(trouble: .absence, path: path) }

    private mutating func accept(_ command: SagaScenario.SentCommand) throws {
        let path = command.isUndo ? SagaPath.undo(command.path) : command.path
        try scenario.answer(path, .accepted(command.isUndo ? .emptyObject : observer.sample(at: command.path)))
    }

    mutating func advance(to moment: Date) throws {
        try scenario.advance(by: .seconds(max(0, moment.timeIntervalSince(scenario.now))))
    }
}

extension SagaExplorer.Trouble {
    fileprivate var isOfUndo: Bool { self == .undoRefusal || self == .undoSilence }

    /// What can befall an operation of this kind while it is open.
    fileprivate static func befalling(_ kind: String) -> [Self] {
        switch SagaStep.Kind(rawValue: kind) {
        case .perform, .attempt: [.refusal, .silence, .duplicate, .lateReply, .deadLetter, .cancel, .pause]
        // A child may take as long as it likes: nobody's silence is noticed.
        case .child: [.refusal, .duplicate, .deadLetter, .cancel, .pause]
        case .wait: [.absence, .cancel, .pause]
        case .sleep, .sleepUntil: [.cancel, .pause]
        case .pivot, .now, .uuid, .publish, .patch, .race, .carried, nil: []
        }
    }
}
