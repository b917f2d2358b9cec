import Logging
import Synchronization

/// The publisher's actor: its thread writes bursts, reads confirms and resumes callers.
actor PublisherCore {
    private let thread: ConnectionThread
    private let timeLimit: Duration
    private var session: BrokerSession
    private var machine: PublisherMachine
    private var callers: [PublisherMachine.BatchID: CheckedContinuation<Void, any Error>] = [:]
    private let connected = Atomic(false)

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    nonisolated var isConnected: Bool { connected.load(ordering: .relaxed) }

    init(_ configuration: AMQPConfiguration, logger: Logger, window: Int, timeLimit: Duration) {
        thread = ConnectionThread(name: "amqp-publisher")
        self.timeLimit = timeLimit
        session = BrokerSession(configuration, logger: logger)
        machine = PublisherMachine(window: window)
        thread.drive(self)
    }

    func publish(_ messages: [AMQPMessage]) async throws {
        guard !machine.isClosed else { throw AMQPError(.closed, "the publisher was closed", .retry) }
        session.demand()
        // The turn that follows this job writes; many calls posted together share it.
        try await withCheckedThrowingContinuation { caller in
            callers[machine.submit(messages, deadline: .now + timeLimit)] = caller
        }
    }

    func close() {
        session.close()
        connected.store(false, ordering: .relaxed)
        resume(machine.close())
    }

    private func resume(_ completions: [PublisherMachine.Completion]) {
        for completion in completions {
            callers.removeValue(forKey: completion.batch)?.resume(with: completion.result.mapError { $0 as any Error })
        }
    }
}

extension PublisherCore: ThreadDriven {
    // LIMIT: between two bursts the confirms, a `blocked` notice and the heartbeat deadline get their look.
    private static let burstMessages = 64
    private static let burstBytes = 262_144
    /// After this many bursts, newly posted jobs get their turn.
    private static let burstsPerTurn = 16

    nonisolated func turn() -> TurnWait {
        assumeIsolated { $0.advance() }
    }

    private func advance() -> TurnWait {
        resume(machine.expire(at: .now))
        connectIfDue()
        receive()
        for _ in 0..<Self.burstsPerTurn {
            guard let link = session.link else { return wait() }
            guard link.isWritable else { return wait(wantsToWrite: true) }
            guard writeBurst(link) else { return wait() }
            receive()
        }
        return .none
    }

    private func wait(wantsToWrite: Bool = false) -> TurnWait {
        session.wait(wantsToWrite: wantsToWrite, until: machine.nextDeadline)
    }

    private func connectIfDue() {
        switch session.connectIfDue({ link throws(AMQPError) in try link.selectConfirms() }) {
        case .success:
            machine.opened()
            connected.store(true, ordering: .relaxed)
        case .failure(let error) where error.retryability == .doNotRetry: resume(machine.refused(error))
        case .failure, nil: break
        }
    }

    private func receive() {
        for event in session.receive() { take(event) }
        if machine.isOverstretched {
            lose(AMQPError(.connectionLost, "a confirm has been missing for too long", .retry))
        }
    }

    private func take(_ event: BrokerEvent) {
        switch event {
        case .acked(let tag, let multiple): resume(machine.confirmed(tag, multiple: multiple, accepted: true))
        case .nacked(let tag, let multiple): resume(machine.confirmed(tag, multiple: multiple, accepted: false))
        case .returned(let content, _):
            let sequence = content.properties.headers[BrokerLink.sequenceHeader]?.int
            if let sequence { machine.returned(UInt64(clamping: sequence)) }
        case .blocked: machine.blocked()
        case .unblocked: machine.unblocked()
        case .failed(let error): lose(error)
        case .delivered: lose(AMQPError(.protocolError, "a delivery came to a publisher", .retry))
        }
    }

    /// Writes the next few messages. `false` when there is nothing to write now.
    private func writeBurst(_ link: BrokerLink) -> Bool {
        guard let first = machine.next() else { return false }
        do throws(AMQPError) {
            guard machine.isWaitingToWrite else {
                try link.publish(first.message, sequence: first.sequence)
                return true
            }
            try link.together { () throws(AMQPError) in try write(first, andMoreTo: link) }
        } catch {
            lose(error)
        }
        return true
    }

    private func write(_ first: PublisherMachine.Outgoing, andMoreTo link: BrokerLink) throws(AMQPError) {
        var (messages, bytes) = (0, 0)
        var next: PublisherMachine.Outgoing? = first
        while let outgoing = next {
            try link.publish(outgoing.message, sequence: outgoing.sequence)
            messages += 1
            bytes += outgoing.message.body.count
            next = messages < Self.burstMessages && bytes < Self.burstBytes ? machine.next() : nil
        }
    }

    private func lose(_ error: AMQPError) {
        session.lose(error)
        connected.store(false, ordering: .relaxed)
        resume(machine.lost(error))
    }
}
