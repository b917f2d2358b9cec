import Logging
import Synchronization

/// The consumer's actor: its thread receives deliveries, writes settlements and resumes callers.
actor ConsumerCore {
    typealias WaiterID = ConsumerMachine.WaiterID

    enum Settlement {
        case acknowledge([AMQPDelivery])
        case reject(AMQPDelivery, requeue: Bool)
    }

    /// What callers leave for the thread without waiting for it.
    private struct Notes {
        var settlements: [Settlement] = []
        var abandoned: Set<WaiterID> = []
    }

    private let thread: ConnectionThread
    private let logger: Logger
    private let queue: String
    private let prefetch: UInt16
    private let topology: AMQPTopology
    private var session: BrokerSession
    private var machine = ConsumerMachine()
    private var callers: [WaiterID: CheckedContinuation<[AMQPDelivery], any Error>] = [:]
    private let notes = Mutex(Notes())
    private let waiterIDs = Atomic<WaiterID>(0)
    private let connected = Atomic(false)

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    nonisolated var isConnected: Bool { connected.load(ordering: .relaxed) }

    init(_ configuration: AMQPConfiguration, queue: String, prefetch: UInt16, topology: AMQPTopology, logger: Logger) {
        thread = ConnectionThread(name: "amqp-consumer")
        self.logger = logger
        self.queue = queue
        self.prefetch = prefetch
        self.topology = topology
        session = BrokerSession(configuration, logger: logger)
        thread.drive(self)
    }

    nonisolated func next(max: Int) async throws -> [AMQPDelivery] {
        let id = waiterIDs.add(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            try await wait(ConsumerMachine.Waiter(id: id, max: max))
        } onCancel: {
            notes.withLock { _ = $0.abandoned.insert(id) }
            thread.nudge()
        }
    }

    nonisolated func settle(_ settlement: Settlement) {
        notes.withLock { $0.settlements.append(settlement) }
        thread.nudge()
    }

    func cancel() {
        readNotes()
        guard machine.cancel(), let link = session.link else { return }
        do throws(AMQPError) {
            try link.cancelConsumer()
        } catch {
            lose(error)
        }
    }

    func close() {
        readNotes()
        machine.close()
        session.close()
        connected.store(false, ordering: .relaxed)
        handOut()
    }

    private func wait(_ waiter: ConsumerMachine.Waiter) async throws -> [AMQPDelivery] {
        // A cancellation before this point has left a note that may have been read already; later ones are read after.
        try Task.checkCancellation()
        session.demand()
        return try await withCheckedThrowingContinuation { caller in
            callers[waiter.id] = caller
            machine.wait(waiter)
            handOut()
        }
    }

    private func handOut() {
        for handOut in machine.handOut() {
            callers.removeValue(forKey: handOut.waiter)?.resume(returning: handOut.deliveries)
        }
    }
}

extension ConsumerCore: ThreadDriven {
    nonisolated func turn() -> TurnWait {
        assumeIsolated { $0.advance() }
    }

    private func advance() -> TurnWait {
        readNotes()
        connectIfDue()
        for event in session.receive() { take(event) }
        handOut()
        return session.wait()
    }

    private func connectIfDue() {
        guard !machine.isCancelled else {
            // Nothing is left to reconnect for: what was unsettled goes to other consumers.
            if session.link == nil { session.close() }
            return
        }
        let outcome = session.connectIfDue { link throws(AMQPError) in
            try link.declare(topology)
            try link.consume(queue, prefetch: prefetch)
        }
        switch outcome {
        case .success:
            machine.opened()
            connected.store(true, ordering: .relaxed)
        case .failure(let error) where error.retryability == .doNotRetry:
            for waiter in machine.dismissWaiters() { callers.removeValue(forKey: waiter)?.resume(throwing: error) }
        case .failure, nil: break
        }
    }

    private func take(_ event: BrokerEvent) {
        switch event {
        case .delivered(let content, let tag, let redelivered):
            guard !machine.received(content, tag: tag, redelivered: redelivered) else { return }
            lose(AMQPError(.protocolError, "a delivery tag is out of order", .retry))
        case .failed(let error): lose(error)
        // A connection that only consumes is not blocked and has nothing to confirm.
        case .returned, .acked, .nacked, .blocked, .unblocked: break
        }
    }

    private func readNotes() {
        let taken = notes.withLock { notes in
            defer { notes = Notes() }
            return notes
        }
        if !taken.abandoned.isEmpty { abandon(taken.abandoned) }
        write(taken.settlements)
    }

    private func abandon(_ waiters: Set<WaiterID>) {
        machine.abandon(waiters)
        for waiter in waiters { callers.removeValue(forKey: waiter)?.resume(throwing: CancellationError()) }
    }

    private func write(_ settlements: [Settlement]) {
        guard let link = session.link, !settlements.isEmpty else { return }
        var acknowledged: [AMQPDelivery] = []
        do throws(AMQPError) {
            for settlement in settlements {
                switch settlement {
                case .acknowledge(let deliveries): acknowledged += deliveries
                case .reject(let delivery, let requeue):
                    if machine.reject(delivery) { try link.reject(delivery.tag, requeue: requeue) }
                }
            }
            for frame in machine.acknowledge(acknowledged) { try link.acknowledge(frame.tag, multiple: frame.multiple) }
        } catch {
            lose(error)
        }
    }

    private func lose(_ error: AMQPError) {
        session.lose(error)
        machine.lost()
        connected.store(false, ordering: .relaxed)
    }
}
