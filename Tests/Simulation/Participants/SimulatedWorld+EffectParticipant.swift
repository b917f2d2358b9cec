import Commerce
import Messaging
import Sagas

/// A participant that calls the provider: plan, perform, settle, as the product's effect runner does it. What it decides
/// is the product's own ``EffectRecord``.
extension SimulatedWorld {
    /// Real time, as the product states it: a lease ends after 15 s, absence counts 30 s after a call's end.
    private static let leaseTime = 15_000
    static let settleTime = 30_000
    private static let busyDelay = 3000

    private enum Plan {
        case answered, busy
        case call(EffectCall)
        case probe(EffectCall, absenceCounts: Bool, wait: Duration)
    }

    func planEffect(_ delivery: Broker.Delivery, on replica: Replica) {
        guard let call = EffectCall(delivery) else { return broker.acknowledge([delivery]) }
        note("\(replica) plans \(delivery.message)")
        let saved = store
        var outcome = Outcome()
        let plan = plan(call, &outcome)
        if strikes(.crashBeforeCommit) {
            store = saved
            count(.crashBeforeCommit)
            return crash(replica)
        }
        switch plan {
        case .answered: handle([delivery], on: replica) { outcome }
        case .busy:
            handle([delivery], on: replica) {
                putOff(call.message, by: Self.busyDelay); return outcome
            }
        case .call(let call):
            after(random.int(2...200), on: replica) { [self] in perform(call, on: replica) }
        case .probe(let call, let absenceCounts, let wait):
            after(random.int(2...200), on: replica) { [self] in probe(call, absenceCounts, wait, on: replica) }
        }
    }

    private func plan(_ call: EffectCall, _ outcome: inout Outcome) -> Plan {
        if let known = store.inbox[inboxKey(call.message)] ?? nil {
            outcome.direct.append(reply(known, to: call))
            return .answered
        }
        let row = store.effects[call.key] ?? EffectRow(calledAt: now)
        store.effects[call.key] = row
        switch record(row).decide(commandKey: call.address.messageID, recovery: call.recovery) {
        case .call: return .call(lease(call, calls: true))
        case .probe(let absenceCounts, let wait):
            return .probe(lease(call, calls: false), absenceCounts: absenceCounts, wait: wait)
        case .answerDone: return finish(.accepted(row.reply ?? .emptyObject), call, &outcome)
        case .answerRefused:
            return finish(.refused(row.error ?? Refusal(code: "refused", message: "before")), call, &outcome)
        case .busy: return .busy
        }
    }

    private func record(_ row: EffectRow) -> EffectRecord {
        EffectRecord(
            state: row.state, attempt: row.attempt, commandKey: row.commandKey,
            leaseIsLive: row.leaseUntil.map { $0 > now } ?? false, sinceLastCall: .milliseconds(now - ended(row)),
            reply: row.reply, error: row.error)
    }

    /// When the last call ended, or can have ended at the latest.
    private func ended(_ row: EffectRow) -> Int {
        row.state == .calling ? max(row.calledAt, row.leaseUntil ?? row.calledAt) : row.calledAt
    }

    private func lease(_ call: EffectCall, calls: Bool) -> EffectCall {
        var row = store.effects[call.key] ?? EffectRow(calledAt: now)
        row.calledAt = calls ? now : ended(row)
        row.state = calls ? .calling : .unknown
        row.attempt += 1
        row.commandKey = call.address.messageID
        row.leaseUntil = now + Self.leaseTime
        store.effects[call.key] = row
        var call = call
        call.lease = row.attempt
        return call
    }

    private func finish(_ reply: CommandReply, _ call: EffectCall, _ outcome: inout Outcome) -> Plan {
        store.inbox[inboxKey(call.message)] = reply
        outcome.direct.append(self.reply(reply, to: call))
        return .answered
    }

    private func reply(_ reply: CommandReply, to call: EffectCall) -> Message {
        Message(id: newID(), queue: .coordinator, body: .reply(call.address, reply))
    }

    // MARK: Perform

    private func perform(_ call: EffectCall, on replica: Replica) {
        let fate = fate(of: call)
        switch fate {
        case .answered, .dropAfter: apply(call)
        case .applyLater: after(random.int(1000...25_000)) { [unowned self] in apply(call) }
        case .refused, .transient, .dropBefore: break
        }
        if fate == .answered || fate == .dropAfter, strikes(.crashBeforeSettle) {
            count(.crashBeforeSettle)
            return crash(replica)
        }
        var latency = random.int(20...1500)
        if strikes(.leaseLost) {
            // The process is stalled: the broker gives the delivery to another before this one goes on.
            latency += random.int(16_000...40_000)
            broker.requeue(call.delivery)
            wake(call.message.queue)
        }
        after(latency, on: replica) { [self] in settle(call, fate, on: replica) }
    }

    private func fate(of call: EffectCall) -> CallFate {
        for (fault, fate) in [
            (Fault.transient, CallFate.transient), (.dropBefore, .dropBefore), (.dropAfter, .dropAfter),
            (.applyLater, .applyLater), (call.isUndo ? .undoRefusal : .refusal, .refused),
        ] where strikes(fault) {
            if fate == .refused, provider.hasAgreed(to: call.key) { continue }
            if fate == .dropAfter || fate == .applyLater { provider.agree(to: call.key) }
            count(fault)
            return fate
        }
        provider.agree(to: call.key)
        return .answered
    }

    private func apply(_ call: EffectCall) {
        note("the provider does \(call.key)")
        guard provider.apply(call.key, isUnique: call.isUnique) else { return }
        ledger.record(Deed(key: call.key, data: call.data))
    }

    private func probe(_ call: EffectCall, _ absenceCounts: Bool, _ wait: Duration, on replica: Replica) {
        if provider.has(call.key) { return settle(call, .answered, on: replica) }
        guard absenceCounts else {
            return close(call, on: replica) { row, _ in
                row.state = .unknown
                self.putOff(call.message, by: Int(wait / .milliseconds(1)) + 200)
            }
        }
        guard isHeld(call) else { return settle(call, .answered, on: replica) }
        let again = lease(call, calls: true)
        after(random.int(2...200), on: replica) { [self] in perform(again, on: replica) }
    }

    // MARK: Settle

    private func settle(_ call: EffectCall, _ fate: CallFate, on replica: Replica) {
        close(call, on: replica) { row, outcome in
            switch fate {
            case .answered:
                let receipt = self.receipt(call.address, isUndo: call.isUndo)
                self.settle(call, .accepted(receipt), &row, &outcome)
            case .refused:
                let refusal = Refusal(code: "unwilling", message: "the provider says no")
                self.settle(call, .refused(refusal), &row, &outcome)
            case .transient: self.fail(call, .planned, &row, &outcome)
            case .dropBefore, .dropAfter, .applyLater: self.fail(call, .unknown, &row, &outcome)
            }
        }
    }

    private func settle(_ call: EffectCall, _ reply: CommandReply, _ row: inout EffectRow, _ outcome: inout Outcome) {
        switch reply {
        case .accepted(let result):
            row.state = .done
            row.reply = result
        case .refused(let error):
            row.state = .refused
            row.error = error
        }
        store.inbox[inboxKey(call.message)] = reply
        outcome.direct.append(self.reply(reply, to: call))
    }

    private func fail(_ call: EffectCall, _ state: EffectState, _ row: inout EffectRow, _ outcome: inout Outcome) {
        row.state = state
        if state == .unknown { row.calledAt = now }
        row.error = Refusal(code: "provider", message: "failed")
        retry(call.message, Refusal(code: "provider", message: "failed"), &outcome)
    }

    private func isHeld(_ call: EffectCall) -> Bool {
        store.effects[call.key].map { $0.leaseUntil != nil && $0.attempt == call.lease } ?? false
    }

    /// Writes down what came of a call, unless another has taken over.
    private func close(
        _ call: EffectCall, on replica: Replica, _ change: @escaping (inout EffectRow, inout Outcome) -> Void
    ) {
        handle([call.delivery], on: replica) {
            var outcome = Outcome()
            guard isHeld(call), var row = store.effects[call.key], store.inbox[inboxKey(call.message)] == nil else {
                count(.leaseLost)
                putOff(call.message, by: Self.busyDelay)
                return outcome
            }
            row.leaseUntil = nil
            change(&row, &outcome)
            store.effects[call.key] = row
            return outcome
        }
    }
}

extension EffectCall {
    init?(_ delivery: Broker.Delivery) {
        guard case .command(let name, let data, let address) = delivery.message.body else { return nil }
        self.delivery = delivery
        self.address = address
        self.data = data
        key = address.intent
        let isUnique = name == ActUnique.name || name == UndoUnique.name
        recovery = isUnique ? .sendAgain : .probe(settleTime: .milliseconds(SimulatedWorld.settleTime))
        isUndo = name == UndoProbed.name || name == UndoUnique.name
    }
}
