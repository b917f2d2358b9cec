import Commerce
import Foundation
import Messaging
import Sagas

/// Drives one saga through its machine the way the coordinator does, without a server.
struct SagaHarness {
    static let start = Date(timeIntervalSince1970: 1_772_619_330)

    private(set) var machine: SagaMachine
    private(set) var now = Self.start
    private(set) var timers: [String: Date] = [:]
    /// Every command sent so far: `Book(1)` for the first attempt of a step, `undo Unbook(1)` for an undo.
    private(set) var sent: [String] = []
    let definition: SagaDefinition
    private var mailID = 0

    init<S: Saga>(_ saga: S.Type, input: RawJSON) {
        definition = SagaDefinition(saga)
        let instance = SagaInstance(
            id: SagaID(), workspaceID: WorkspaceID(), name: S.name, key: "k", subject: "k", input: input,
            actor: "test", startedAt: Self.start)
        machine = SagaMachine(instance, steps: [], mailbox: [], definition: definition, now: Self.start)
        apply { $0.start() }
    }

    var status: SagaStatus { machine.saga.status }

    /// The commands not answered yet, as addresses a reply would carry.
    var outstanding: [SagaAddress] {
        machine.steps.values.compactMap { step in
            if let undo = step.undo, undo.status == .issued {
                return address("\(step.path)/undo", undo.attempt)
            }
            return step.owner != nil && step.status == .issued && step.kind != .wait
                ? address(step.path, step.attempt) : nil
        }
    }

    func address(_ path: String, _ attempt: Int = 1, run: Int? = nil) -> SagaAddress {
        SagaAddress(sagaID: machine.saga.id, run: run ?? machine.saga.run, path: path, attempt: attempt)
    }

    /// One activation: a fresh machine over what is stored, as after a restart of the coordinator.
    mutating func apply(_ change: (inout SagaMachine) throws -> Void) rethrows {
        var fresh = SagaMachine(
            machine.saga, steps: Array(machine.steps.values), mailbox: machine.mailbox, definition: definition,
            now: now)
        try change(&fresh)
        for action in fresh.actions { take(action, fresh) }
        machine = fresh
    }

    private mutating func take(_ action: SagaAction, _ machine: SagaMachine) {
        switch action {
        case .send(let path):
            sent.append("\(machine.steps[path]?.name ?? "?")(\(machine.steps[path]?.attempt ?? 0))")
        case .sendUndo(let path):
            let undo = machine.steps[path]?.undo
            sent.append("undo \(undo?.request ?? "?")(\(undo?.attempt ?? 0))")
        case .setTimer(let path, let dueAt): timers[path] = dueAt
        case .deleteTimer(let path): timers[path] = nil
        }
    }

    mutating func accept(_ path: String, _ json: String = "{}", attempt: Int = 1, run: Int? = nil) {
        let address = address(path, attempt, run: run)
        apply { $0.receive(.accepted(RawJSON(text: json)), from: address) }
    }

    mutating func refuse(_ path: String, _ code: String = "no", attempt: Int = 1) {
        let address = address(path, attempt)
        apply { $0.receive(.refused(Refusal(code: code, message: "because")), from: address) }
    }

    mutating func deliver(_ type: String, _ json: String) {
        mailID += 1
        let entry = MailboxEntry(id: mailID, type: type, data: RawJSON(text: json))
        apply { $0.deliver(entry) }
    }

    mutating func advance(by duration: Duration) {
        now += duration.timeInterval
        for (path, dueAt) in timers.sorted(by: { $0.value < $1.value }) where dueAt <= now {
            timers[path] = nil
            let run = machine.saga.run
            apply { $0.fireTimer(path: path, run: run) }
        }
    }
}
