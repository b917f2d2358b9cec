import Commerce
import Foundation
import Messaging
import Sagas

/// The tables. A value: a transaction that fails is an older copy.
struct Store {
    struct SagaRow {
        var saga: SagaInstance
        /// Of the current run.
        var steps: [SagaStep]
        var retired: [RetiredRun] = []
    }

    struct MailRow {
        var messageID: String
        var entry: MailboxEntry
    }

    struct OutboxRow {
        var id: Int
        var service: Message.Queue
        var message: Message
        var writtenAt: Int
    }

    struct TimerRow {
        var id: Int
        var service: Message.Queue
        var dueAt: Date
        var saga: SagaAddress?
        var message: Message
    }

    struct Watcher {
        var parent: SagaAddress
        /// Started for this parent: it is cancelled with it.
        var started: Bool
    }

    struct DeadLetter {
        var message: Message
        var isOpen: Bool
    }

    var sagas: [SagaID: SagaRow] = [:]
    var ids: [String: SagaID] = [:]
    var mailbox: [String: [MailRow]] = [:]
    var inbox: [String: CommandReply?] = [:]
    var outbox: [OutboxRow] = []
    var timers: [TimerRow] = []
    var watchers: [SagaID: [Watcher]] = [:]
    var effects: [String: EffectRow] = [:]
    var retries: [String: Int] = [:]
    var deadLetters: [DeadLetter] = []
    private var lastID = 0

    mutating func nextID() -> Int {
        lastID += 1
        return lastID
    }

    /// - Returns: whether the message was not there before.
    mutating func insertMail(_ key: String, messageID: String, type: String, data: RawJSON) -> MailboxEntry? {
        guard mailbox[key]?.contains(where: { $0.messageID == messageID }) != true else { return nil }
        let entry = MailboxEntry(id: nextID(), type: type, data: data)
        mailbox[key, default: []].append(MailRow(messageID: messageID, entry: entry))
        return entry
    }
}

/// A participant's row of an effect at a provider.
struct EffectRow {
    var state = EffectState.planned
    /// Grows with every lease: whoever holds an older one may not write.
    var attempt = 0
    var commandKey: String?
    var leaseUntil: Int?
    var calledAt: Int
    var reply: RawJSON?
    var error: Refusal?
}

extension Store {
    func machine(_ id: SagaID, definition: SagaDefinition, now: Date) -> SagaMachine? {
        guard let row = sagas[id] else { return nil }
        let mail = (mailbox[row.saga.key] ?? []).map(\.entry).filter {
            $0.consumedRun == nil || $0.consumedRun == row.saga.run
        }
        return SagaMachine(row.saga, steps: row.steps, mailbox: mail, definition: definition, now: now)
    }

    mutating func save(_ machine: SagaMachine) {
        let saga = machine.saga
        sagas[saga.id]?.saga = saga
        sagas[saga.id]?.steps = machine.steps.values.map { step in
            var row = step
            // A row has no decoded copy: setting the result drops it.
            row.result = step.result
            return row
        }
        sagas[saga.id]?.retired += machine.retired
        let changed = Dictionary(machine.mailbox.map { ($0.id, $0) }) { first, _ in first }
        for index in (mailbox[saga.key] ?? []).indices {
            guard let id = mailbox[saga.key]?[index].entry.id, let entry = changed[id] else { continue }
            mailbox[saga.key]?[index].entry = entry
        }
    }
}
