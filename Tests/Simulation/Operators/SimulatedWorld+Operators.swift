import Commerce
import Messaging
import Sagas

extension SimulatedWorld {
    /// One operator does something to one saga; mostly what its status allows.
    func operateAtRandom() {
        let ids = store.sagas.keys.sorted()
        guard !ids.isEmpty else { return }
        let id = random.pick(ids)
        guard let machine = store.machine(id, definition: definition, now: date(now)) else { return }
        let allowed = SagaVerb.allowed(in: machine.saga.status, pivoted: machine.saga.pivoted)
        let verb = allowed.isEmpty || random.chance(100) ? random.pick(SagaVerb.allCases) : random.pick(allowed)
        guard let (order, signal) = order(verb, machine) else { return }
        operate(id, order, signal)
    }

    func operate(_ id: SagaID, _ order: SagaOrder, _ signal: Message.Signal? = nil) {
        publish([Message(id: newID(), queue: .coordinator, body: .verb(id, order, signal: signal))])
    }

    private func order(_ verb: SagaVerb, _ machine: SagaMachine) -> (SagaOrder, Message.Signal?)? {
        switch verb {
        case .pause: (.pause, nil)
        case .resume: (.resume, nil)
        case .retry: (.retry, nil)
        case .cancel: (.cancel, nil)
        case .terminate: (.terminate, nil)
        case .restart: (.restart, nil)
        case .signal: (.signal, signal(machine.saga.key))
        case .skip: skip(machine).map { ($0, nil) }
        case .fireTimer: fire(machine).map { ($0, nil) }
        }
    }

    private func signal(_ key: String) -> Message.Signal {
        let (type, data) = event(for: key)
        return Message.Signal(type: type, data: data)
    }

    /// An undo that does not go on, or an operation that is open.
    private func skip(_ machine: SagaMachine) -> SagaOrder? {
        let steps = machine.steps.values.sorted(by: SagaStep.inOrder)
        let undos = steps.filter { $0.undo?.status == .refused || $0.undo?.status == .issued }.map { "\($0.path)/undo" }
        let open = steps.filter { $0.status == .issued || $0.status == .refused }.map(\.path)
        guard let path = undos.isEmpty ? open.isEmpty ? nil : random.pick(open) : random.pick(undos) else { return nil }
        return .skip(path: path, result: result(for: machine.steps[path], machine), keepUndo: random.chance(500))
    }

    private func result(for step: SagaStep?, _ machine: SagaMachine) -> RawJSON {
        switch step?.kind {
        case .wait: RawJSON(text: #"{"key":"\#(machine.saga.key)","value":\#(random.int(9))}"#)
        case .child: RawJSON(text: #"{"seed":1}"#)
        default: RawJSON(text: #"{"effect":"skipped/\#(step?.path ?? "")"}"#)
        }
    }

    private func fire(_ machine: SagaMachine) -> SagaOrder? {
        let armed = machine.armedTimers.keys.sorted()
        return armed.isEmpty ? nil : .fireTimer(path: random.pick(armed))
    }

    // MARK: Events

    func event(for key: String) -> (type: String, data: RawJSON) {
        let type = random.chance(500) ? Nudge.type : Approval.type
        return (type, RawJSON(text: #"{"key":"\#(key)","value":\#(random.int(9))}"#))
    }

    func sendEvent(for key: String) {
        let (type, data) = event(for: key)
        publish([Message(id: newID(), queue: .coordinator, body: .mail(key: key, type: type, data: data))])
    }

    // MARK: Dead letters

    /// Sends what was given up on back to where it came from.
    func requeueDeadLetters() {
        for index in store.deadLetters.indices where store.deadLetters[index].isOpen {
            store.deadLetters[index].isOpen = false
            count(.requeue)
            publish([store.deadLetters[index].message])
        }
    }
}
