import Commerce
import Contracts
import Foundation
import Messaging
import Sagas

/// Turns what a saga owes into messages and timers.
enum SagaOutbox {
    static func owe(_ change: SagaChange, in transaction: HandlerTransaction) async throws {
        let machine = change.machine
        for step in machine.retired.flatMap(\.published) { try publish(step, machine, transaction) }
        try owe(machine.actions, of: machine, in: transaction)
        if !change.disarmed.isEmpty {
            try await TimerStore.delete(sagaID: machine.saga.id, paths: change.disarmed, in: transaction.database)
        }
        try await arm(change.armed, of: machine, in: transaction)
        if let event = update(change) {
            let own = transaction.with(machine.context)
            try own.publish(event, subject: machine.saga.subject)
            if let alert = SendSlackAlert.Alert(event) {
                try own.send(SendSlackAlert(alert), subject: machine.saga.subject)
            }
        }
    }

    /// Sets timers that are not set yet.
    static func arm(
        _ armed: [(path: String, dueAt: Date)], of machine: SagaMachine, in transaction: HandlerTransaction
    ) async throws {
        let timers = try armed.map { try timer($0.path, $0.dueAt, machine, transaction) }
        try await TimerStore.insert(timers, in: transaction.database)
    }

    static func owe(_ actions: [SagaAction], of machine: SagaMachine, in transaction: HandlerTransaction) throws {
        for action in actions {
            switch action {
            case .send(let path): try send(path, machine, transaction)
            case .sendUndo(let path): try sendUndo(path, machine, transaction)
            case .publish(let path): try machine.steps[path].map { try publish($0, machine, transaction) }
            case .startChild(let path): try child(ChildMessage.start, path, machine, transaction)
            case .cancelChild(let path): try child(ChildMessage.cancel, path, machine, transaction)
            }
        }
    }

    private static func send(_ path: String, _ machine: SagaMachine, _ transaction: HandlerTransaction) throws {
        guard let step = machine.steps[path], let owner = step.owner, let request = step.request else { return }
        let address = machine.address(path, step.attempt)
        transaction.owe(
            try transaction.messages.command(
                name: step.name, owner: owner, data: request, subject: machine.saga.subject, context: machine.context,
                saga: address, id: address.messageID))
    }

    private static func sendUndo(_ path: String, _ machine: SagaMachine, _ transaction: HandlerTransaction) throws {
        guard let undo = machine.steps[path]?.undo else { return }
        KillPoint.compensating.reach()
        let address = machine.address("\(path)/undo", undo.attempt)
        transaction.owe(
            try transaction.messages.command(
                name: undo.name, owner: undo.owner, data: RawJSON(text: undo.request), subject: machine.saga.subject,
                context: machine.context, saga: address, id: address.messageID))
    }

    private static func publish(_ step: SagaStep, _ machine: SagaMachine, _ transaction: HandlerTransaction) throws {
        guard let data = step.request else { return }
        transaction.send(
            try transaction.messages.event(
                type: step.name, data: data, subject: machine.saga.subject, context: machine.context))
    }

    private static func child(
        _ message: String, _ path: String, _ machine: SagaMachine, _ transaction: HandlerTransaction
    ) throws {
        guard let step = machine.steps[path], let request = step.request else { return }
        transaction.send(
            try transaction.messages.command(
                name: message, owner: .sagaCoordinator, data: request, subject: machine.saga.subject,
                context: machine.context, saga: machine.address(path, step.attempt)))
    }

    private static func timer(
        _ path: String, _ dueAt: Date, _ machine: SagaMachine, _ transaction: HandlerTransaction
    ) throws -> TimerRow {
        let address = machine.address(path, 1)
        let message = try transaction.messages.command(
            name: FireSagaTimer.name, owner: .sagaCoordinator, data: .emptyObject, subject: machine.saga.subject,
            context: machine.context, saga: address)
        return TimerRow(message, dueAt: dueAt, saga: address)
    }

    /// The news worth telling others; `nil` where only the engine moved on.
    private static func update(_ change: SagaChange) -> SagaUpdated? {
        let (saga, before) = (change.machine.saga, change.before.saga)
        let movedOn = Set([SagaStatus.running, .waiting])
        // A saga that begins is news by what it does, not by being there.
        let isQuiet = before.status == saga.status || movedOn.isSuperset(of: [before.status, saga.status])
        guard !isQuiet || before.businessStatus != saga.businessStatus || before.run != saga.run else { return nil }
        return SagaUpdated(
            sagaID: saga.id, name: saga.name, key: saga.key, run: saga.run, version: saga.version,
            status: saga.status.rawValue, businessStatus: saga.businessStatus, error: saga.error)
    }
}

extension SagaAddress {
    /// One intent, one message id, however often it is sent: the receiver's inbox answers a repetition.
    fileprivate var messageID: String { "\(sagaID)/\(run)/\(path)/\(attempt)" }
}

extension SagaMachine {
    fileprivate func address(_ path: String, _ attempt: Int) -> SagaAddress {
        SagaAddress(sagaID: saga.id, run: saga.run, path: path, attempt: attempt)
    }

    /// What the saga's messages inherit: its own chain of causes, whoever the activation was for.
    var context: MessageContext {
        MessageContext(
            workspaceID: saga.workspaceID, actor: saga.actor, correlationID: saga.correlationID ?? saga.id.description,
            traceparent: saga.traceparent)
    }

    /// Everything that was sent and is not answered.
    var outstandingSends: [SagaAction] {
        guard ![.terminated, .diverged].contains(saga.status) else { return [] }
        return steps.values.sorted(by: SagaStep.inOrder).flatMap { step -> [SagaAction] in
            var actions: [SagaAction] = []
            if step.isOutstanding, step.kind != .child { actions.append(.send(path: step.path)) }
            if step.undo?.status == .issued { actions.append(.sendUndo(path: step.path)) }
            return actions
        }
    }
}
