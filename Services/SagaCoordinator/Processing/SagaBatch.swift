import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Sagas

/// The sagas of one transaction: locked, loaded, changed, saved.
struct SagaBatch {
    private var machines: [SagaID: SagaMachine]
    /// As they were loaded: what differs at the end is saved.
    private let loaded: [SagaID: SagaMachine]
    private let idsByAddress: [MailboxAddress: SagaID]

    static func lock(
        _ ids: Set<SagaID>, catalog: SagaCatalog, now: Date, in database: PostgresTransaction
    ) async throws -> SagaBatch {
        let sagas = try await SagaStore.lock(ids, in: database)
        let steps = try await StepStore.load(sagas, in: database)
        let mail = try await MailboxStore.load(sagas, in: database)
        var machines: [SagaID: SagaMachine] = [:]
        for saga in sagas {
            guard let definition = catalog[saga.name] else { continue }
            machines[saga.id] = SagaMachine(
                saga, steps: steps[saga.id] ?? [], mailbox: mail[saga.id] ?? [], definition: definition, now: now)
        }
        return SagaBatch(machines: machines)
    }

    private init(machines: [SagaID: SagaMachine]) {
        self.machines = machines
        loaded = machines
        idsByAddress = Dictionary(
            machines.values.map {
                (MailboxAddress(workspaceID: $0.saga.workspaceID, saga: $0.saga.name, key: $0.saga.key), $0.saga.id)
            }, uniquingKeysWith: { first, _ in first })
    }

    mutating func apply(
        _ work: SagaProcessor.Work, started: Set<SagaID>, in transaction: HandlerTransaction
    ) async throws -> CommandReply? {
        switch work.input {
        case .start(let new):
            guard let id = idsByAddress[new.address] else { return nil }
            let isNew = started.contains(id) && machines[id]?.saga.version == 0
            if isNew {
                machines[id]?.start()
                machines[id]?.touch()
            }
            return .accepted(try RawJSON(encoding: StartSaga.Reply(id: id, started: isNew)))
        case .mail(let address, let entry):
            guard let id = idsByAddress[address] else { return nil }
            // The mail was loaded with the saga: it only has to look.
            _ = entry
            machines[id]?.wake()
        case .reply(let address, let reply):
            machines[address.sagaID]?.receive(reply, from: address)
        case .retrying(let address, let news):
            machines[address.sagaID]?.note(news, from: address)
        case .deadLettered(let address, let news):
            machines[address.sagaID]?.note(news, from: address)
        case .timer(let address):
            machines[address.sagaID]?.fireTimer(path: address.path, run: address.run)
        case .deadlines(let id):
            machines[id]?.checkDeadlines()
        case .verb(let command):
            return try await operate(command, work.context, transaction.with(work.context))
        }
        return nil
    }

    private mutating func operate(
        _ command: OperateSaga, _ context: MessageContext, _ transaction: HandlerTransaction
    ) async throws -> CommandReply {
        guard var machine = machines[command.sagaID], machine.saga.workspaceID == context.workspaceID else {
            return .refused(Refusal(code: "not_found", message: "there is no saga \(command.sagaID)"))
        }
        let before = machine.saga
        do {
            guard let verb = SagaVerb(rawValue: command.verb.rawValue) else { return .accepted(.emptyObject) }
            if let signal = command.signal {
                try machine.check(signal: signal.name, data: RawJSON(text: signal.data))
            }
            try machine.apply(verb)
        } catch let refusal as Refusal {
            return .refused(refusal)
        }
        if let signal = command.signal {
            let address = MailboxAddress(workspaceID: before.workspaceID, saga: before.name, key: before.key)
            let entry = MailboxStore.NewEntry(
                messageID: context.causationID ?? "", type: signal.name, data: RawJSON(text: signal.data))
            let ids = try await MailboxStore.insert([(address, entry)], at: transaction.now, in: transaction.database)
            for id in ids { machine.deliver(MailboxEntry(id: id, type: entry.type, data: entry.data)) }
        }
        machines[command.sagaID] = machine
        try await transaction.audit(
            AuditEntry(
                action: "saga.\(command.verb.rawValue)", subject: command.sagaID.description, reason: command.reason,
                before: try RawJSON(encoding: AuditedSaga(before)),
                after: try RawJSON(encoding: AuditedSaga(machine.saga))))
        return .accepted(.emptyObject)
    }

    // MARK: Save

    func save(in transaction: HandlerTransaction) async throws {
        var changed: [SagaMachine] = []
        var steps: [StepStore.Row] = []
        var consumed: [MailboxStore.Consumption] = []
        for (id, machine) in machines {
            guard let before = loaded[id], machine.differs(from: before) else { continue }
            let machine = machine.stamped(at: transaction.now)
            changed.append(machine)
            let sameRun = before.saga.run == machine.saga.run
            for step in machine.steps.values where !sameRun || before.steps[step.path] != step {
                steps.append(StepStore.Row(saga: machine.saga, step: step))
            }
            consumed += zip(before.mailbox, machine.mailbox).filter { $0 != $1 }.map { .init($1) }
            consumed += machine.mailbox.dropFirst(before.mailbox.count).filter { $0.consumedRun != nil }.map {
                .init($0)
            }
        }
        changed.sort { $0.saga.id < $1.saga.id }
        try await SagaStore.save(changed, in: transaction.database)
        try await StepStore.save(steps, in: transaction.database)
        try await MailboxStore.consume(consumed, in: transaction.database)
        for machine in changed {
            try await SagaOutbox.owe(machine, before: loaded[machine.saga.id]?.saga, in: transaction)
        }
    }
}

/// What the audit log keeps of a saga.
private struct AuditedSaga: Encodable {
    var status: String
    var run: Int
    var businessStatus: String?

    init(_ saga: SagaInstance) {
        status = saga.status.rawValue
        run = saga.run
        businessStatus = saga.businessStatus
    }

    enum CodingKeys: String, CodingKey {
        case status, run
        case businessStatus = "business_status"
    }
}
