import Commerce
import Contracts
import Foundation
import Messaging
import Sagas

/// Turns a saga's actions into messages and timers.
enum SagaOutbox {
    static func owe(_ machine: SagaMachine, before: SagaInstance?, in transaction: HandlerTransaction) async throws {
        var timers: [TimerRow] = []
        for action in machine.actions {
            switch action {
            case .send(let path):
                try send(path, machine, transaction)
            case .sendUndo(let path):
                try sendUndo(path, machine, transaction)
            case .setTimer(let path, let dueAt):
                timers.append(try timer(path, dueAt, machine, transaction))
            case .deleteTimer(let path):
                try await TimerStore.delete(sagaID: machine.saga.id, paths: [path], in: transaction.database)
            }
        }
        try await TimerStore.insert(timers, in: transaction.database)
        if let event = update(machine.saga, before) {
            try transaction.with(machine.context).publish(event, subject: machine.saga.subject)
        }
    }

    private static func send(_ path: String, _ machine: SagaMachine, _ transaction: HandlerTransaction) throws {
        guard let step = machine.steps[path], let owner = step.owner, let request = step.request else { return }
        let address = SagaAddress(
            sagaID: machine.saga.id, run: machine.saga.run, path: path, attempt: step.attempt)
        transaction.send(
            try transaction.messages.command(
                name: step.name, owner: owner, data: request, subject: machine.saga.subject, context: machine.context,
                saga: address))
    }

    private static func sendUndo(_ path: String, _ machine: SagaMachine, _ transaction: HandlerTransaction) throws {
        guard let undo = machine.steps[path]?.undo else { return }
        let address = SagaAddress(
            sagaID: machine.saga.id, run: machine.saga.run, path: "\(path)/undo", attempt: undo.attempt)
        transaction.send(
            try transaction.messages.command(
                name: undo.name, owner: undo.owner, data: RawJSON(text: undo.request), subject: machine.saga.subject,
                context: machine.context, saga: address))
    }

    private static func timer(
        _ path: String, _ dueAt: Date, _ machine: SagaMachine, _ transaction: HandlerTransaction
    ) throws -> TimerRow {
        let address = SagaAddress(sagaID: machine.saga.id, run: machine.saga.run, path: path, attempt: 1)
        let message = try transaction.messages.command(
            name: FireSagaTimer.name, owner: .sagaCoordinator, data: .emptyObject, subject: machine.saga.subject,
            context: machine.context, saga: address)
        return TimerRow(message, dueAt: dueAt, saga: address)
    }

    /// The news worth telling others; `nil` where only the engine moved on.
    private static func update(_ saga: SagaInstance, _ before: SagaInstance?) -> SagaUpdated? {
        let movedOn = Set([SagaStatus.running, .waiting])
        let sameStatus =
            before?.status == saga.status
            || (before.map { movedOn.contains($0.status) } ?? true) && movedOn.contains(saga.status)
        guard !sameStatus || before?.businessStatus != saga.businessStatus || before?.run != saga.run else {
            return nil
        }
        return SagaUpdated(
            sagaID: saga.id, name: saga.name, key: saga.key, run: saga.run, version: saga.version,
            status: saga.status.rawValue, businessStatus: saga.businessStatus, error: saga.error)
    }
}

extension SagaMachine {
    /// What the saga's messages inherit: its own chain of causes, whoever the activation was for.
    fileprivate var context: MessageContext {
        MessageContext(
            workspaceID: saga.workspaceID, actor: saga.actor, correlationID: saga.correlationID ?? saga.id.description,
            traceparent: saga.traceparent)
    }
}
