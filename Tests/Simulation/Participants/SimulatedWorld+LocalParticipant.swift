import Commerce
import Messaging
import Sagas

/// A participant that decides inside one transaction and keeps its reply on the inbox row.
extension SimulatedWorld {
    func decide(_ deliveries: [Broker.Delivery], on replica: Replica) {
        note("\(replica) takes \(deliveries.map(\.message.description).joined(separator: "; "))")
        handle(deliveries, on: replica) {
            var outcome = Outcome()
            var effects: [Deed] = []
            for delivery in deliveries { answer(delivery.message, &outcome, &effects) }
            outcome.committed = { [unowned self] in
                for effect in effects { ledger.record(effect) }
            }
            return outcome
        }
    }

    private func answer(_ message: Message, _ outcome: inout Outcome, _ effects: inout [Deed]) {
        guard case .command(let name, let data, let address) = message.body else { return }
        let known = store.inbox[inboxKey(message)] ?? nil
        let reply: CommandReply
        if let known {
            reply = known
        } else if isPoisoned(message) {
            return retry(message, Refusal(code: "unexpected", message: "the handler failed"), &outcome)
        } else {
            reply = decide(name, data, address, &effects)
            store.inbox[inboxKey(message)] = reply
        }
        outcome.direct.append(Message(id: newID(), queue: .coordinator, body: .reply(address, reply)))
    }

    /// A handler that fails goes on to fail until the message is given up on.
    private func isPoisoned(_ message: Message) -> Bool {
        !isCalm && (store.retries[message.id] != nil || random.chance(plan.likelihood(of: .deadLetter)))
    }

    /// A repeated attempt was answered from the inbox; a higher one finds what an earlier one did.
    private func decide(
        _ name: String, _ data: RawJSON, _ address: SagaAddress, _ effects: inout [Deed]
    ) -> CommandReply {
        if let done = store.effects[address.intent]?.reply { return .accepted(done) }
        let isUndo = name == UndoLocally.name
        if strikes(isUndo ? .undoRefusal : .refusal) {
            count(isUndo ? .undoRefusal : .refusal)
            return .refused(Refusal(code: "unwilling", message: "the participant says no"))
        }
        let reply = receipt(address, isUndo: isUndo)
        store.effects[address.intent] = EffectRow(state: .done, calledAt: now, reply: reply)
        effects.append(Deed(key: address.intent, data: data))
        return .accepted(reply)
    }

    func receipt(_ address: SagaAddress, isUndo: Bool) -> RawJSON {
        isUndo ? .emptyObject : RawJSON(text: #"{"effect":"\#(address.intent)"}"#)
    }

    // MARK: Failures

    private static let attemptMax = 4

    /// Counts a failure: later again, or to the dead letters.
    func retry(_ message: Message, _ error: Refusal, _ outcome: inout Outcome) {
        guard case .command(_, _, let address) = message.body else { return }
        let attempts = (store.retries[message.id] ?? 0) + 1
        store.retries[message.id] = attempts
        guard attempts < Self.attemptMax else {
            store.retries[message.id] = nil
            return bury(message, error, &outcome)
        }
        let delay = 1000 << attempts
        putOff(message, by: delay)
        let news = CommandRetrying(attempt: attempts, error: error, nextAttemptAt: date(now + delay))
        outcome.rows.append(Message(id: newID(), queue: .coordinator, body: .retrying(address, news)))
    }

    func putOff(_ message: Message, by delay: Int) {
        insertTimers([
            Store.TimerRow(
                id: store.nextID(), service: message.queue, dueAt: date(now + delay), saga: nil, message: message)
        ])
    }

    private func bury(_ message: Message, _ error: Refusal, _ outcome: inout Outcome) {
        guard case .command(_, _, let address) = message.body else { return }
        store.deadLetters.append(Store.DeadLetter(message: message, isOpen: true))
        let news = CommandDeadLettered(error: error)
        outcome.rows.append(Message(id: newID(), queue: .coordinator, body: .deadLettered(address, news)))
        count(.deadLetter)
    }
}
