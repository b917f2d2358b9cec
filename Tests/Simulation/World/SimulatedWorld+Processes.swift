import Foundation
import Messaging

/// What a transaction comes to.
struct Outcome {
    /// What it owes through rows of the outbox.
    var rows: [Message] = []
    /// What it owes without a row: published before the acknowledgement, or owed again by a redelivery.
    var direct: [Message] = []
    /// Where a test looks at what was committed.
    var committed: () -> Void = {}

    static func + (left: Outcome, right: Outcome) -> Outcome {
        Outcome(rows: left.rows + right.rows, direct: left.direct + right.direct) {
            left.committed()
            right.committed()
        }
    }
}

extension SimulatedWorld {
    /// Takes deliveries through commit, publish and acknowledgement, or through as much of it as the process lives.
    func handle(_ deliveries: [Broker.Delivery], on replica: Replica, _ transaction: () -> Outcome) {
        guard let outcome = commit(on: replica, transaction) else { return }
        let rows = write(outcome.rows, of: replica.service)
        if strikes(.crashBeforePublish) {
            count(.crashBeforePublish)
            return crash(replica)
        }
        after(random.int(1...25), on: replica) { [self] in
            publish(rows.map(\.message) + outcome.direct)
            if strikes(.crashBeforeAck) {
                count(.crashBeforeAck)
                return crash(replica)
            }
            forget(rows)
            after(random.int(0...10), on: replica) { [self] in broker.acknowledge(deliveries) }
        }
    }

    /// - Returns: `nil` when the process died before the commit, which then never was.
    private func commit(on replica: Replica, _ transaction: () -> Outcome) -> Outcome? {
        guard strikes(.crashBeforeCommit) else {
            let outcome = transaction()
            outcome.committed()
            return outcome
        }
        let saved = store
        _ = transaction()
        store = saved
        count(.crashBeforeCommit)
        crash(replica)
        return nil
    }

    // MARK: Death

    func crash(_ replica: Replica) {
        note("\(replica) dies")
        replica.isUp = false
        replica.life += 1
        replica.cache = MachineCache()
        broker.requeue(heldBy: replica.number)
        wake(replica.service)
        after(random.int(500...15_000)) { [unowned self] in restart(replica) }
    }

    private func restart(_ replica: Replica) {
        guard !replica.isUp else { return }
        note("\(replica) is back")
        replica.isUp = true
        wake(replica.service)
        fireTimers(on: replica)
        sweepOutbox(on: replica)
        if replica.service == .coordinator { sweepDeadlines(on: replica) }
    }

    // MARK: Outbox

    private static let sweepAge = 5000

    private func write(_ messages: [Message], of service: Message.Queue) -> [Store.OutboxRow] {
        guard !messages.isEmpty else { return [] }
        let rows = messages.map { message in
            Store.OutboxRow(id: store.nextID(), service: service, message: message, writtenAt: now)
        }
        store.outbox += rows
        after(Self.sweepAge + random.int(0...2000)) { [unowned self] in
            guard let replica = anyReplica(of: service) else { return }
            sweepOutbox(on: replica)
        }
        return rows
    }

    private func forget(_ rows: [Store.OutboxRow]) {
        let ids = Set(rows.map(\.id))
        store.outbox.removeAll { ids.contains($0.id) }
    }

    /// Rows whose process died before it published or forgot them.
    private func sweepOutbox(on replica: Replica) {
        let old = store.outbox.filter { $0.service == replica.service && now - $0.writtenAt >= Self.sweepAge }
        guard !old.isEmpty else { return }
        note("\(replica) sweeps \(old.count) from the outbox")
        publish(old.map(\.message))
        forget(old)
    }

    // MARK: Timers

    func insertTimers(_ rows: [Store.TimerRow]) {
        store.timers += rows
        for row in rows {
            let ahead = random.pick(replicas.filter { $0.service == row.service }).clockAhead
            scheduleFiring(row, at: milliseconds(row.dueAt) - ahead + random.int(0...250))
        }
    }

    private func scheduleFiring(_ row: Store.TimerRow, at time: Int) {
        after(max(time - now, 10)) { [unowned self] in
            guard store.timers.contains(where: { $0.id == row.id }), let replica = anyReplica(of: row.service) else {
                return
            }
            if date(on: replica) < row.dueAt { return scheduleFiring(row, at: milliseconds(row.dueAt) + 250) }
            fireTimers(on: replica)
        }
    }

    /// Claims what is due by this replica's clock; what it sends goes through the outbox.
    func fireTimers(on replica: Replica) {
        let due = store.timers.filter { $0.service == replica.service && $0.dueAt <= date(on: replica) }
            .sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
        guard !due.isEmpty else { return }
        if strikes(.crashWhileFiringTimers) {
            count(.crashWhileFiringTimers)
            // Half of the deaths come before the claim is committed, half before what it sends is published.
            if random.chance(500) { _ = claim(due, by: replica) }
            return crash(replica)
        }
        let rows = claim(due, by: replica)
        after(random.int(1...25), on: replica) { [self] in
            publish(rows.map(\.message))
            forget(rows)
        }
    }

    private func claim(_ due: [Store.TimerRow], by replica: Replica) -> [Store.OutboxRow] {
        let ids = Set(due.map(\.id))
        store.timers.removeAll { ids.contains($0.id) }
        note("\(replica) fires \(due.compactMap { $0.saga?.short ?? $0.message.description }.joined(separator: ", "))")
        var messages: [Message] = []
        for timer in due {
            messages.append(timer.message)
            if timer.saga != nil, strikes(.timerTwice) {
                count(.timerTwice)
                messages.append(Message(id: newID(), queue: timer.message.queue, body: timer.message.body))
            }
        }
        return write(messages, of: replica.service)
    }

    // MARK: Later

    func scheduleDeadlines(at deadline: Date) {
        after(milliseconds(deadline) - now + random.int(1...1500)) { [unowned self] in
            guard let replica = anyReplica(of: .coordinator) else { return }
            sweepDeadlines(on: replica)
        }
    }
}
