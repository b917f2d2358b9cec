import Commerce
import Foundation
import Messaging

/// Takes a saga through everything that can go wrong at each of its steps, without anybody writing a test for it.
///
/// The straight way comes first: every command is accepted with a made-up reply, every wait gets its event, else its
/// time runs out. Then, at each step in turn: a refusal, silence, a repeated reply, a late reply, a dead letter, a
/// cancel, a pause. Whatever happens, the saga must end, or stand still with a reason, and no step that was done may be
/// left behind: undone in reverse order, unless the pivot was passed.
public struct SagaExplorer {
    public let definition: SagaDefinition
    private let input: RawJSON
    private let observer = SagaObserver()
    // LIMIT: a saga that needs more answers than this waits for something that cannot be made up.
    private static let answersMax = 120

    public enum Trouble: String, Sendable, CaseIterable {
        case refusal, silence, duplicate, lateReply = "late reply", deadLetter = "dead letter", cancel, pause
    }

    /// How one exploration ended.
    public struct Journey: Sendable {
        public let trouble: Trouble?
        /// Where the trouble was; `nil` on the straight way.
        public let path: String?
        public let history: SagaHistory
        /// The commands in the order in which they were sent; undos as `undo Name`.
        public let commands: [String]
        /// What must not be: empty when all is well.
        public let objections: [String]
    }

    public init(_ definition: SagaDefinition) throws {
        var definition = definition
        definition.observer = observer
        self.definition = definition
        input = try definition.sampleInput()
    }

    /// The straight way, then each trouble at each step that it can befall.
    public func explore() throws -> [Journey] {
        let straight = try journey(nil, at: nil)
        let paths = straight.history.steps.filter { ["perform", "attempt", "child"].contains($0.kind) }.map(\.path)
        var journeys = [straight]
        for path in paths {
            for trouble in Trouble.allCases { journeys.append(try journey(trouble, at: path)) }
        }
        return journeys
    }

    // MARK: One journey

    private func journey(_ trouble: Trouble?, at path: String?) throws -> Journey {
        var scenario = try SagaScenario(
            definition, key: "explored", input: input, at: Date(timeIntervalSince1970: 1_772_619_330))
        var objections: [String] = []
        var met = false
        var brought: [String: Int] = [:]
        for _ in 0..<Self.answersMax where !isAtRest(scenario) {
            if let path, let trouble, !met, scenario.outstanding.contains(where: { $0.path == path && !$0.isUndo }) {
                met = true
                objections += try befall(trouble, path, &scenario)
            } else {
                guard try step(&scenario, &brought) else { break }
            }
        }
        return Journey(
            trouble: trouble, path: path, history: scenario.recorded,
            commands: scenario.sent.map { "\($0.isUndo ? "undo " : "")\($0.name)" },
            objections: objections + SagaJudge(scenario).objections)
    }

    private func isAtRest(_ scenario: SagaScenario) -> Bool {
        scenario.status.isTerminal || scenario.status == .stuck || scenario.status == .diverged
    }

    /// Answers what is open, oldest first; then brings events; then lets time run out.
    /// - Returns: false when the saga waits for what cannot be made up.
    private func step(_ scenario: inout SagaScenario, _ brought: inout [String: Int]) throws -> Bool {
        if let command = scenario.outstanding.first {
            try accept(command, &scenario)
            return true
        }
        if let child = scenario.steps.first(where: { $0.kind == "child" && $0.status == "issued" }) {
            try scenario.answer(child.path, .accepted(observer.sample(at: child.path)))
            return true
        }
        // Those that came least often first: a saga that asks for one again and again goes on with another.
        let waits = scenario.steps.filter { $0.kind == "wait" && $0.status == "issued" }
        for wait in waits.sorted(by: { brought[$0.name, default: 0] < brought[$1.name, default: 0] }) {
            brought[wait.name, default: 0] += 1
            try scenario.deliver(wait.name, observer.sample(at: wait.path))
            let isTaken = scenario.steps.first { $0.path == wait.path }?.status != "issued"
            if isTaken { return true }
        }
        guard let dueAt = try scenario.timers.values.min() else { return false }
        try scenario.advance(by: .seconds(max(0, dueAt.timeIntervalSince(scenario.now))))
        return true
    }

    private func accept(_ command: SagaScenario.SentCommand, _ scenario: inout SagaScenario) throws {
        let path = command.isUndo ? "\(command.path)/undo" : command.path
        try scenario.answer(path, .accepted(command.isUndo ? .emptyObject : observer.sample(at: command.path)))
    }

    // MARK: Trouble

    private func befall(_ trouble: Trouble, _ path: String, _ scenario: inout SagaScenario) throws -> [String] {
        switch trouble {
        case .refusal:
            try scenario.answer(path, .refused(Refusal(code: "explored", message: "refused to see what follows")))
        case .duplicate:
            try scenario.answer(path, .accepted(observer.sample(at: path)))
            try scenario.duplicate(path)
        case .silence:
            return try recover(&scenario, path, by: silence)
        case .lateReply:
            return try answerLate(path, &scenario)
        case .deadLetter:
            return try recover(&scenario, path) { path, scenario in try scenario.deadLetter(path) }
        case .cancel:
            guard (try? scenario.apply(.cancel)) != nil else { return [] }
        case .pause:
            try scenario.apply(.pause)
            try scenario.answer(path, .accepted(observer.sample(at: path)))
            guard scenario.status == .paused else { return ["a reply ended a pause"] }
            try scenario.apply(.resume)
        }
        return []
    }

    private func silence(_ path: String, _ scenario: inout SagaScenario) throws {
        guard let step = scenario.steps.first(where: { $0.path == path }) else { return }
        guard let end = step.dueAt ?? step.deadlineAt else { return }
        try scenario.advance(by: .seconds(max(0, end.timeIntervalSince(scenario.now))))
    }

    /// What stands still goes on when an operator tries again.
    private func recover(
        _ scenario: inout SagaScenario, _ path: String, by trouble: (String, inout SagaScenario) throws -> Void
    ) throws -> [String] {
        try trouble(path, &scenario)
        guard scenario.steps.first(where: { $0.path == path })?.status == "issued" else { return [] }
        guard scenario.status == .stuck else { return ["nobody answers \(path) and the saga is not stuck"] }
        try scenario.apply(.retry)
        return scenario.status == .stuck ? ["a retry at \(path) left the saga stuck"] : []
    }

    /// The first attempt is answered after the saga went on without it, or after a second attempt was sent.
    private func answerLate(_ path: String, _ scenario: inout SagaScenario) throws -> [String] {
        let objections = try recover(&scenario, path, by: silence)
        let closed = scenario.steps.first { $0.path == path }?.status == "timed_out"
        let sent = scenario.sent.count
        try scenario.answer(path, .accepted(observer.sample(at: path)), attempt: 1)
        return objections
            + (closed || scenario.sent.count == sent ? [] : ["an answer to an attempt given up changed something"])
    }
}

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
        guard [.compensated, .cancelled, .failed].contains(scenario.status) else { return [] }
        return scenario.steps.filter { $0.undo?.status == .recorded || $0.undo?.status == .issued }
            .map { "\($0.name) at \($0.path) was not undone" }
    }

    /// The undos of a compensation come in the reverse order of what they undo.
    private var order: [String] {
        let undone = scenario.sent.filter(\.isUndo).compactMap { command in
            scenario.steps.first { $0.path == command.path }.flatMap {
                $0.lost || $0.status != "completed" ? nil : $0.seq
            }
        }
        return undone == undone.sorted(by: >) ? [] : ["undone in the wrong order: \(undone)"]
    }
}
