import Commerce
import Foundation
import Messaging
import Sagas
import SeededRandom

extension SimulatedWorld {
    /// A batch of deliveries in one transaction: what is in the inbox is answered from it, the rest is folded into
    /// the sagas concerned.
    func coordinate(_ deliveries: [Broker.Delivery], on replica: Replica) {
        note("\(replica) takes \(deliveries.map(\.message.description).joined(separator: "; "))")
        handle(deliveries, on: replica) {
            var seen: Set<String> = []
            let messages = deliveries.map(\.message).filter { seen.insert($0.id).inserted }
            let repeated = messages.filter { store.inbox[inboxKey($0)] != nil }
            let fresh = messages.filter { store.inbox[inboxKey($0)] == nil }
            return sendAgain(repeated, on: replica) + take(fresh, on: replica)
        }
    }

    /// All together; where one of them is for another build, each by itself.
    private func take(_ messages: [Message], on replica: Replica) -> Outcome {
        if let outcome = tryTogether(messages, on: replica) { return outcome }
        return messages.reduce(Outcome()) { outcome, message in
            if let taken = tryTogether([message], on: replica) { return outcome + taken }
            count(.foreignHistory)
            putOff(message, by: random.int(1000...4000))
            return outcome
        }
    }

    /// - Returns: `nil` when the transaction was rolled back, and the messages are to be put off.
    private func tryTogether(_ messages: [Message], on replica: Replica) -> Outcome? {
        let saved = store
        guard let outcome = try? process(messages.map(SagaWork.init), on: replica) else {
            store = saved
            return nil
        }
        for message in messages { store.inbox[inboxKey(message)] = .some(nil) }
        return outcome
    }

    func sweepDeadlines(on replica: Replica) {
        let overdue = store.sagas.keys.sorted().filter { id in
            guard let machine = store.machine(id, definition: definition, now: date(on: replica)) else { return false }
            return machine.deadlineAt.map { $0 <= date(on: replica) } ?? false
        }
        guard !overdue.isEmpty else { return }
        note("\(replica) finds overdue \(overdue.map(\.short).joined(separator: ", "))")
        handle([], on: replica) {
            var outcome = (try? process(overdue.map(SagaWork.init(deadlinesOf:)), on: replica)) ?? Outcome()
            outcome.rows += outcome.direct
            outcome.direct = []
            return outcome
        }
    }

    private func process(_ work: [SagaWork], on replica: Replica) throws -> Outcome {
        guard !work.isEmpty else { return Outcome() }
        let now = date(on: replica)
        let started = start(work.filter { $0.parent.map(isAwaited) ?? true }.compactMap(\.newSaga), at: now)
        var mailed: Set<SagaID> = []
        for item in work {
            guard let message = item.message, case .mail(let key, let type, let data) = message.body else { continue }
            let entry = store.insertMail(key, messageID: message.id, type: type, data: data)
            if entry != nil, let id = store.ids[key] { mailed.insert(id) }
        }
        let ids = Set(work.compactMap { $0.key.flatMap { store.ids[$0] } ?? $0.sagaID })
        var batch = SagaBatch(self, replica, ids, started: started, mailed: mailed)
        for item in work { batch.apply(item) }
        return try batch.save()
    }

    /// Deliveries that were committed before: whatever their sagas have outstanding is sent once more.
    private func sendAgain(_ repeated: [Message], on replica: Replica) -> Outcome {
        guard !repeated.isEmpty else { return Outcome() }
        let work = repeated.map(SagaWork.init)
        let ids = Set(work.compactMap { $0.key.flatMap { store.ids[$0] } ?? $0.sagaID })
        let batch = SagaBatch(self, replica, ids, started: [], mailed: [])
        return Outcome(direct: batch.outstanding())
    }

    func inboxKey(_ message: Message) -> String { "\(message.queue.rawValue)|\(message.id)" }

    // MARK: New sagas

    private func start(_ new: [Message.NewSaga], at now: Date) -> Set<SagaID> {
        var started: Set<SagaID> = []
        for saga in new where store.ids[saga.key] == nil {
            let id = SagaID(uuid: newUUID())
            let instance = SagaInstance(
                id: id, workspaceID: WorkspaceID(uuid: id.uuid), name: ProgramSaga.name, key: saga.key,
                subject: saga.key, input: saga.input, actor: "simulation", startedAt: now)
            store.ids[saga.key] = id
            store.sagas[id] = Store.SagaRow(saga: instance, steps: [])
            started.insert(id)
        }
        return started
    }

    /// Whether a parent's step still waits for the child it asked for.
    private func isAwaited(_ parent: SagaAddress) -> Bool {
        guard let row = store.sagas[parent.sagaID], row.saga.run == parent.run, row.saga.compensation == nil,
            !row.saga.status.isTerminal
        else { return false }
        return row.steps.contains {
            $0.path == parent.path && $0.attempt == parent.attempt && $0.status == .issued
        }
    }

    private func newUUID() -> UUID {
        let (high, low) = (random.next(), random.next())
        let bytes = (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? high : low) >> (UInt64($0 % 8) * 8)) }
        return UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7], bytes[8], bytes[9],
                bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            ))
    }
}
