import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Sagas

/// Puts an exported history into the workspace, paused: nothing is sent before an operator resumes it.
struct SagaImport {
    private let command: ImportSaga
    private let processor: SagaProcessor

    init(_ command: ImportSaga, _ processor: SagaProcessor) {
        self.command = command
        self.processor = processor
    }

    func carryOut(in transaction: HandlerTransaction) async throws -> CommandReply {
        do {
            let machine = try machine(for: transaction)
            _ = try await SagaStore.serialise([MailboxAddress(machine.saga)], in: transaction.database)
            guard try await SagaStore.insert(machine.saga, in: transaction.database) else {
                let saga = machine.saga
                throw Refusal(code: "exists", message: "there is a saga \(saga.name) of \(saga.key) already")
            }
            try await save(machine, in: transaction)
            return .accepted(try RawJSON(encoding: ImportSaga.Reply(id: machine.saga.id)))
        } catch let refusal as Refusal {
            return .refused(refusal)
        }
    }

    private func machine(for transaction: HandlerTransaction) throws -> SagaMachine {
        let history = try read()
        guard let definition = processor.catalog[history.saga.name] else {
            throw Refusal(code: "bad_history", message: "this build has no saga '\(history.saga.name)'")
        }
        try history.replay(by: definition)
        return try history.machine(
            id: SagaID(), workspaceID: transaction.workspaceID, actor: transaction.context.actor,
            definition: definition, now: transaction.now
        ).imported()
    }

    private func read() throws -> SagaHistory {
        do {
            return try RawJSON(text: command.history).decode()
        } catch {
            throw Refusal(code: "bad_history", message: "the history cannot be read: \(error)")
        }
    }

    /// Events get ids of their own here; steps that took one are told. What runs on to a moment while the saga is at
    /// rest gets its timers now: later changes only set those that they arm.
    private func save(_ machine: SagaMachine, in transaction: HandlerTransaction) async throws {
        let database = transaction.database
        var ids: [Int: Int] = [:]
        for entry in machine.mailbox {
            let new = MailboxStore.NewEntry(
                messageID: "\(machine.saga.id)/\(entry.id)", type: entry.type, data: entry.data)
            let mail = [(MailboxAddress(machine.saga), new)]
            ids[entry.id] = try await MailboxStore.insert(mail, at: transaction.now, in: database).first
        }
        let steps = machine.steps.values.map { step in
            var step = step
            step.eventID = step.eventID.flatMap { ids[$0] }
            return StepStore.Row(
                sagaID: machine.saga.id, workspaceID: machine.saga.workspaceID, run: machine.saga.run, step: step)
        }
        try StepStore.insert(steps, in: database)
        MailboxStore.consume(
            machine.mailbox.compactMap { entry in
                ids[entry.id].map { MailboxStore.Consumption(id: $0, run: entry.consumedRun, path: entry.consumedPath) }
            }, in: database)
        let armed = machine.armedTimers.map { (path: $0.key, dueAt: $0.value) }
        try await SagaOutbox.arm(armed, of: machine, in: transaction)
        try SagaStore.save([machine.stamped(at: transaction.now)], buildID: processor.buildID, in: database)
        try await transaction.audit(
            AuditEntry(action: "saga.import", subject: machine.saga.id.description, reason: command.reason))
    }
}
