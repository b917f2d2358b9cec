import Commerce
import Foundation
import Messaging
import Sagas

/// What one transaction made of a saga, compared with how it was loaded: the timers and messages it owes.
struct SagaChange {
    let machine: SagaMachine
    let before: SagaMachine

    init(_ machine: SagaMachine, since before: SagaMachine) {
        self.machine = machine
        self.before = before
    }

    var hasEnded: Bool { machine.saga.status.isTerminal && !before.saga.status.isTerminal }

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

    // MARK: Messages

    /// Commands to participants, which have no row in the outbox.
    var commands: [Message] {
        machine.actions.compactMap { action in
            switch action {
            case .send(let path): machine.command(path)
            case .sendUndo(let path): machine.undoCommand(path)
            case .publish, .startChild, .cancelChild: nil
            }
        }
    }

    func messages(_ newID: () -> String) -> [Message] {
        let earlier = machine.retired.flatMap { run in
            run.published.map { SagaAddress(sagaID: machine.saga.id, run: run.run, path: $0.path, attempt: 1) }
        }
        return earlier.map { Message(id: newID(), queue: .audience, body: .published($0)) }
            + actions(newID)
    }

    private func actions(_ newID: () -> String) -> [Message] {
        machine.actions.compactMap { action in
            switch action {
            case .send, .sendUndo: nil
            case .publish(let path): Message(id: newID(), queue: .audience, body: .published(machine.address(path)))
            case .startChild(let path): machine.child(path) { .child($0, parent: $1) }.map { message(newID(), $0) }
            case .cancelChild(let path):
                machine.child(path) { .cancelChild(key: $0.key, parent: $1) }.map { message(newID(), $0) }
            }
        }
    }

    private func message(_ id: String, _ body: Message.Body) -> Message {
        Message(id: id, queue: .coordinator, body: body)
    }
}

extension SagaMachine {
    func address(_ path: String) -> SagaAddress {
        SagaAddress(sagaID: saga.id, run: saga.run, path: path, attempt: steps[path]?.attempt ?? 1)
    }

    fileprivate func command(_ path: String) -> Message? {
        guard let step = steps[path], let owner = step.owner, let request = step.request else { return nil }
        return Message(to: owner, name: step.name, data: request, from: address(path))
    }

    fileprivate func undoCommand(_ path: String) -> Message? {
        guard let undo = steps[path]?.undo else { return nil }
        let address = SagaAddress(sagaID: saga.id, run: saga.run, path: "\(path)/undo", attempt: undo.attempt)
        return Message(to: undo.owner, name: undo.name, data: RawJSON(text: undo.request), from: address)
    }

    fileprivate func child(_ path: String, _ body: (Message.NewSaga, SagaAddress) -> Message.Body) -> Message.Body? {
        guard let request = try? steps[path]?.request?.decode(ChildRequest.self) else { return nil }
        return body(Message.NewSaga(key: request.key, input: RawJSON(text: request.input)), address(path))
    }

    var outstandingCommands: [Message] {
        guard ![.terminated, .diverged].contains(saga.status) else { return [] }
        return steps.values.sorted(by: SagaStep.inOrder).flatMap { step -> [Message] in
            var messages: [Message] = []
            if step.isOutstanding, step.kind != .child, let message = command(step.path) { messages.append(message) }
            if step.undo?.status == .issued, let message = undoCommand(step.path) { messages.append(message) }
            return messages
        }
    }
}

extension Message {
    fileprivate init(to owner: ServiceName, name: String, data: RawJSON, from address: SagaAddress) {
        self.init(
            id: address.messageID, queue: owner == .provider ? .provider : .local,
            body: .command(name: name, data: data, address))
    }
}

extension SimulatedWorld {
    /// Carries a saga's timers and deadlines over into the tables.
    func move(_ change: SagaChange) {
        let id = change.machine.saga.id
        let gone = Set(change.disarmed)
        store.timers.removeAll { timer in
            timer.saga.map { $0.sagaID == id && gone.contains($0.path) } ?? false
        }
        insertTimers(
            change.armed.map { path, dueAt in
                let address = SagaAddress(sagaID: id, run: change.machine.saga.run, path: path, attempt: 1)
                return Store.TimerRow(
                    id: store.nextID(), service: .coordinator, dueAt: dueAt, saga: address,
                    message: Message(id: newID(), queue: .coordinator, body: .timer(address)))
            })
        if let deadline = change.machine.deadlineAt, deadline != change.before.deadlineAt {
            scheduleDeadlines(at: deadline)
        }
    }
}
