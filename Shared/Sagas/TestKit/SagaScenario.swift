import Commerce
import Foundation
import Messaging

/// Drives one saga without servers: given the saga and its input, expect a command, answer it, expect what follows.
///
/// Between any two steps the saga is written out as its history and read back, so every scenario also shows that the
/// saga survives a crash there. Time is the scenario's own and moves by ``advance(by:)`` alone. An expectation that is
/// not met throws ``SagaScenarioFailure``, which shows the saga as it stands.
public struct SagaScenario {
    public private(set) var now: Date
    /// Every command sent so far, undos included, in order.
    public private(set) var sent: [SentCommand] = []
    /// The events published so far.
    public private(set) var published: [PublishedEvent] = []
    /// Children that were asked for, and those given up.
    public private(set) var startedChildren: [ChildRequest] = []
    public private(set) var cancelledChildren: [ChildRequest] = []
    /// Replies that belonged to no open step.
    public private(set) var ignoredReplies = 0
    public let definition: SagaDefinition
    private var history: SagaHistory
    private let id: SagaID
    private let workspaceID: WorkspaceID
    private var mailID = 0
    private var lastReplies: [String: (CommandReply, SagaAddress)] = [:]

    public struct SentCommand: Sendable, Equatable {
        public let name: String
        public let run: Int
        public let path: String
        public let attempt: Int
        public let isUndo: Bool
        public let request: RawJSON
    }

    public struct PublishedEvent: Sendable {
        public let type: String
        public let data: RawJSON
    }

    public init<S: Saga>(
        _ saga: S.Type, key: String = "key", input: S.Input, at start: Date = Date(timeIntervalSince1970: 1_772_619_330)
    ) throws {
        try self.init(SagaDefinition(saga), key: key, input: RawJSON(encoding: input), at: start)
    }

    public init(_ definition: SagaDefinition, key: String, input: RawJSON, at start: Date) throws {
        self.definition = definition
        now = start
        id = SagaID(uuid: UUID(named: "\(definition.name)/\(key)"))
        workspaceID = WorkspaceID(uuid: id.uuid)
        let instance = SagaInstance(
            id: id, workspaceID: workspaceID, name: definition.name, key: key, subject: key, input: input,
            actor: "scenario", startedAt: start)
        history = SagaHistory(SagaMachine(instance, steps: [], mailbox: [], definition: definition, now: start))
        try activate { $0.start() }
    }

    // MARK: Where it stands

    public var machine: SagaMachine {
        get throws {
            try history.machine(id: id, workspaceID: workspaceID, actor: "scenario", definition: definition, now: now)
        }
    }

    public var status: SagaStatus { SagaStatus(rawValue: history.saga.status) ?? .failed }
    public var businessStatus: String? { history.saga.businessStatus }
    public var error: Refusal? { history.saga.error }
    public var stuckReason: String? { history.saga.stuckReason }
    public var attributes: [String: String] { history.saga.attributes }
    public var run: Int { history.saga.run }
    public var steps: [SagaHistory.Step] { history.steps }
    /// What is recorded, in the form that is exported and kept as a golden history.
    public var recorded: SagaHistory { history }

    public func output<Output: Decodable>(_: Output.Type = Output.self) throws -> Output {
        guard let output = history.saga.output else { throw failure("the saga has no output") }
        return try RawJSON(text: output).decode()
    }

    /// The moments at which steps end by themselves.
    public var timers: [String: Date] {
        get throws { try machine.armedTimers }
    }

    /// What a cancel would undo, in the order in which it would.
    public var undoList: [String] {
        history.steps.filter { $0.undo?.status == .recorded }.sorted { ($0.seq ?? 0) > ($1.seq ?? 0) }
            .compactMap { $0.undo?.name }
    }

    /// The commands and undos not answered yet, in the order in which they were sent.
    public var outstanding: [SentCommand] {
        sent.filter { command in
            guard command.run == run, let step = history.steps.first(where: { $0.path == command.path }) else {
                return false
            }
            guard !command.isUndo else { return step.undo?.status == .issued && step.undo?.attempt == command.attempt }
            return step.attempt == command.attempt && (try? step.step().isOutstanding) == true
        }
    }

    // MARK: Activations

    /// One activation over what is stored, as after a restart of the coordinator.
    public mutating func activate(_ change: (inout SagaMachine) throws -> Void) throws {
        var fresh = try machine
        try change(&fresh)
        for step in fresh.retired.flatMap(\.published) { publish(step) }
        for action in fresh.actions { take(action, fresh) }
        ignoredReplies += fresh.ignoredReplies
        let stored = try RawJSON(encoding: SagaHistory(fresh.stamped(at: now)))
        history = try stored.decode()
    }

    private mutating func take(_ action: SagaAction, _ machine: SagaMachine) {
        switch action {
        case .send(let path):
            guard let step = machine.steps[path], let request = step.request else { return }
            sent.append(
                .init(
                    name: step.name, run: machine.saga.run, path: path, attempt: step.attempt, isUndo: false,
                    request: request))
        case .sendUndo(let path):
            guard let undo = machine.steps[path]?.undo else { return }
            sent.append(
                .init(
                    name: undo.name, run: machine.saga.run, path: path, attempt: undo.attempt, isUndo: true,
                    request: RawJSON(text: undo.request)))
        case .publish(let path):
            if let step = machine.steps[path] { publish(step) }
        case .startChild(let path):
            if let child = child(path, machine) { startedChildren.append(child) }
        case .cancelChild(let path):
            if let child = child(path, machine) { cancelledChildren.append(child) }
        }
    }

    private mutating func publish(_ step: SagaStep) {
        guard let data = step.request else { return }
        published.append(PublishedEvent(type: step.name, data: data))
    }

    private func child(_ path: String, _ machine: SagaMachine) -> ChildRequest? {
        try? machine.steps[path]?.request?.decode()
    }

    // MARK: What happens to it

    /// Answers the command at a path, or its undo (`3/undo`).
    public mutating func answer(_ path: String, _ reply: CommandReply, attempt: Int? = nil, run: Int? = nil) throws {
        let (stepPath, isUndo) = SagaPath.parse(address: path)
        let step = history.steps.first { $0.path == stepPath }
        let current = isUndo ? step?.undo?.attempt : step?.attempt
        let address = SagaAddress(
            sagaID: id, run: run ?? history.saga.run, path: path, attempt: attempt ?? current ?? 1)
        lastReplies[path] = (reply, address)
        try activate { $0.receive(reply, from: address) }
    }

    /// Sends the last answer to a path again.
    /// - Throws: ``SagaScenarioFailure`` when it changes anything.
    public mutating func duplicate(_ path: String) throws {
        guard let (reply, address) = lastReplies[path] else { throw failure("\(path) was not answered yet") }
        let (before, sentBefore) = (history, sent.count)
        try activate { $0.receive(reply, from: address) }
        guard try RawJSON(encoding: before.steps) == RawJSON(encoding: history.steps), sent.count == sentBefore else {
            throw failure("the answer to \(path) changed something when it came again")
        }
    }

    public mutating func deliver<E: Event>(_ event: E) throws {
        try deliver(E.type, RawJSON(encoding: event))
    }

    public mutating func deliver(_ type: String, _ data: RawJSON) throws {
        mailID += 1
        let entry = MailboxEntry(id: mailID, type: type, data: data)
        try activate { $0.deliver(entry) }
    }

    public mutating func apply(_ order: SagaOrder) throws {
        try activate { try $0.apply(order) }
    }

    /// A command was given up on by its owner.
    public mutating func deadLetter(_ path: String) throws {
        let (stepPath, isUndo) = SagaPath.parse(address: path)
        let step = history.steps.first { $0.path == stepPath }
        let attempt = (isUndo ? step?.undo?.attempt : step?.attempt) ?? 1
        let address = SagaAddress(sagaID: id, run: history.saga.run, path: path, attempt: attempt)
        let news = CommandDeadLettered(error: Refusal(code: "exhausted", message: "given up after 20 tries"))
        try activate { $0.note(news, from: address) }
    }

    /// Moves the clock; timers and deadlines that come due on the way fire in their order.
    public mutating func advance(by duration: Duration) throws {
        let end = now + duration.timeInterval
        while let (path, dueAt) = try timers.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }), dueAt <= end {
            now = max(now, dueAt)
            let run = history.saga.run
            try activate { $0.fireTimer(path: path, run: run) }
        }
        now = end
        try activate { $0.checkDeadlines() }
    }

    func failure(_ message: String) -> SagaScenarioFailure {
        SagaScenarioFailure(message: message, history: history, outstanding: outstanding)
    }
}

/// An expectation of a scenario was not met.
public struct SagaScenarioFailure: Error, CustomStringConvertible {
    let message: String
    let history: SagaHistory
    let outstanding: [SagaScenario.SentCommand]

    public var description: String {
        let steps = history.steps.map { step in
            "  \(step.path) \(step.kind) \(step.name): \(step.status)\(step.undo.map { ", undo \($0.name) \($0.status)" } ?? "")"
        }
        let open = outstanding.map { "\($0.isUndo ? "undo " : "")\($0.name) at \($0.path)" }.joined(separator: ", ")
        return """
            \(message)
            \(history.saga.name) is \(history.saga.status)\(history.saga.error.map { ", \($0)" } ?? "")
            \(steps.joined(separator: "\n"))
            outstanding: \(open.isEmpty ? "nothing" : open)
            """
    }
}
