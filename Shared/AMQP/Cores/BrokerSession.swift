import Logging

/// The connection of one publisher or consumer over time: opened when due, drained, lost, opened again.
struct BrokerSession {
    private let configuration: AMQPConfiguration
    private let logger: Logger
    private var reconnection = Reconnection()
    private var assembler = ContentAssembler()
    private(set) var link: BrokerLink?

    init(_ configuration: AMQPConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    /// Somebody needs the connection from now on.
    mutating func demand() {
        reconnection.demand()
    }

    /// Opens a connection when one is due and lets `prepare` set it up. `nil` when none is due.
    mutating func connectIfDue(
        _ prepare: (BrokerLink) throws(AMQPError) -> Void
    ) -> Result<Void, AMQPError>? {
        guard reconnection.isDue(at: .now) else { return nil }
        do throws(AMQPError) {
            let opened = try BrokerLink(configuration)
            try prepare(opened)
            link = opened
            assembler = ContentAssembler()
            reconnection.opened(at: .now)
            logger.notice("connected to the broker", metadata: metadata)
            return .success(())
        } catch {
            fail(error, "cannot connect to the broker")
            return .failure(error)
        }
    }

    /// Everything that has arrived. A broken connection shows as a last event `failed`.
    mutating func receive() -> [BrokerEvent] {
        guard let link else { return [] }
        defer { link.releaseBuffers() }
        var events: [BrokerEvent] = []
        var frames = 0
        do throws(AMQPError) {
            while let frame = try link.nextFrame() {
                if case .connectionClosed = frame { link.confirmClose() }
                if let event = assembler.receive(frame) { events.append(event) }
                if case .failed = events.last { return events }
                frames += 1
                // LIMIT: bounds the library's copy of what is received in one go.
                if frames.isMultiple(of: 64) { link.releaseBuffers() }
            }
        } catch {
            events.append(.failed(error))
        }
        return events
    }

    /// Gives the connection up; the next one is opened after a pause.
    mutating func lose(_ error: AMQPError) {
        guard link != nil else { return }
        link = nil
        fail(error, "lost the broker connection")
    }

    mutating func close() {
        reconnection.close()
        link?.close()
        link = nil
    }

    /// What the thread should wait for, at most until `deadline`.
    func wait(wantsToWrite: Bool = false, until deadline: ContinuousClock.Instant? = nil) -> TurnWait {
        let now = ContinuousClock.now
        // Heartbeats are sent at half their interval and must never be late.
        let pump = link == nil ? nil : now + .seconds(configuration.heartbeatSeconds) / 4
        let end = [deadline, reconnection.wakeUp, pump].compactMap { $0 }.min()
        let timeout = end.map { max($0 - now, .zero) }
        return TurnWait(descriptor: link?.descriptor, wantsToWrite: wantsToWrite, timeout: timeout)
    }

    private mutating func fail(_ error: AMQPError, _ what: Logger.Message) {
        reconnection.failed(at: .now, jitter: .random(in: 0..<1))
        var facts = metadata
        facts["error_code"] = .string(error.code.rawValue)
        facts["error"] = .string(error.message)
        logger.log(level: error.retryability == .doNotRetry ? .error : .warning, what, metadata: facts)
    }

    private var metadata: Logger.Metadata {
        ["connection": .string(configuration.connectionName), "broker": .string(configuration.host)]
    }
}
