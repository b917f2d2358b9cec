extension SimulatedWorld {
    /// Publishes messages as a relay does: some get lost in their confirm and come twice, some late, some out of order.
    func publish(_ messages: [Message]) {
        for message in messages { publish(message) }
    }

    private func publish(_ message: Message) {
        send(message, after: random.int(1...15))
        // LIMIT: a message that is put off and published again would otherwise multiply without end.
        guard copies[message.id, default: 0] < 3 else { return }
        if strikes(.confirmLost) {
            count(.confirmLost)
            copies[message.id, default: 0] += 1
            send(message, after: random.int(200...5000))
        }
        if strikes(.duplicate) {
            count(.duplicate)
            copies[message.id, default: 0] += 1
            send(message, after: random.int(1...20_000))
        }
    }

    private func send(_ message: Message, after latency: Int) {
        let isDelayed = strikes(.delay)
        if isDelayed { count(.delay) }
        let overtakes = strikes(.reorder) ? random.int(1...4) : 0
        after(isDelayed ? latency + random.int(5000...90_000) : latency) { [unowned self] in
            arrive(message, overtakes)
        }
    }

    private func arrive(_ message: Message, _ overtakes: Int) {
        if case .published(let address) = message.body { return ledger.hear(message.id, address) }
        if overtakes > 0, broker.waiting(in: message.queue) > 0 { count(.reorder) }
        broker.enqueue(message, overtaking: overtakes)
        wake(message.queue)
    }

    /// Some replica of the service looks into its queue soon.
    func wake(_ queue: Message.Queue) {
        after(random.int(1...12)) { [unowned self] in
            guard let replica = anyReplica(of: queue) else { return }
            work(on: replica)
        }
    }

    /// `nil` while all of them are down; they look for themselves when they come back.
    func anyReplica(of queue: Message.Queue) -> Replica? {
        let up = replicas.filter { $0.service == queue && $0.isUp }
        return up.isEmpty ? nil : random.pick(up)
    }

    private func work(on replica: Replica) {
        let deliveries = broker.take(from: replica.service, atMost: random.int(1...6), for: replica.number)
        guard !deliveries.isEmpty else { return }
        switch replica.service {
        case .coordinator: coordinate(deliveries, on: replica)
        case .local: decide(deliveries, on: replica)
        case .provider: for delivery in deliveries { planEffect(delivery, on: replica) }
        case .audience: break
        }
        if broker.waiting(in: replica.service) > 0 { wake(replica.service) }
    }
}
