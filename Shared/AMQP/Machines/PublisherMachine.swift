/// What a publisher knows: batches waiting to be written, messages waiting for their confirm. No I/O, no clock.
///
/// Numbers follow the broker's: confirms count from 1 on each connection.
struct PublisherMachine {
    typealias BatchID = UInt64

    /// One `publish` call has come to its end.
    struct Completion {
        var batch: BatchID
        var result: Result<Void, AMQPError>
    }

    struct Outgoing {
        var sequence: UInt64
        var message: AMQPMessage
    }

    private struct Unconfirmed {
        var batch: BatchID
        var index: Int
    }

    private enum Connection: Equatable { case down, open, blocked, closed }

    private var connection = Connection.down
    private var batches: [BatchID: PublishBatch] = [:]
    /// Batches with something left to write, oldest first.
    private var unwritten = FIFO<BatchID>()
    /// All batches by age. Every batch has the same time limit, so this is the order of their deadlines.
    private var ages = FIFO<BatchID>()
    private var unconfirmed: SequenceWindow<Unconfirmed>
    private var lastID: BatchID = 0
    private let window: Int

    init(window: Int) {
        self.window = max(window, 1)
        unconfirmed = SequenceWindow(capacity: self.window)
    }

    var isBlocked: Bool { connection == .blocked }
    var isClosed: Bool { connection == .closed }

    /// The earliest moment at which a batch runs out of time.
    var nextDeadline: ContinuousClock.Instant? {
        mutating get {
            while let oldest = ages.first, batches[oldest] == nil { ages.removeFirst() }
            return ages.first.flatMap { batches[$0]?.deadline }
        }
    }

    /// Accepts the messages of one call; `messages` is not empty.
    mutating func submit(_ messages: [AMQPMessage], deadline: ContinuousClock.Instant) -> BatchID {
        lastID += 1
        batches[lastID] = PublishBatch(messages: messages, deadline: deadline)
        unwritten.append(lastID)
        ages.append(lastID)
        return lastID
    }

    /// Whether messages wait that have not been taken by `next`.
    var isWaitingToWrite: Bool { unwritten.first != nil }

    /// The next message that may be written now, if any. It counts as written from here on.
    mutating func next() -> Outgoing? {
        guard connection == .open, unconfirmed.count < window, !isOverstretched else { return nil }
        while let id = unwritten.first {
            guard let (index, message) = batches[id]?.takeNext() else {
                unwritten.removeFirst()
                continue
            }
            if batches[id]?.isFullyWritten == true { unwritten.removeFirst() }
            let sequence = unconfirmed.append(Unconfirmed(batch: id, index: index))
            return Outgoing(sequence: sequence, message: message)
        }
        return nil
    }

    /// One confirm is missing for so long that the numbers behind it pile up: only a new connection helps.
    // LIMIT: 64 windows are seconds of full-speed publishing and about 4 MiB of bookkeeping.
    var isOverstretched: Bool { unconfirmed.span >= window * 64 }

    mutating func opened() {
        guard connection != .closed else { return }
        connection = .open
        unconfirmed = SequenceWindow(capacity: window)
    }

    mutating func blocked() {
        if connection == .open { connection = .blocked }
    }

    mutating func unblocked() {
        if connection == .blocked { connection = .open }
    }

    /// The broker gave back a message that no queue took; its confirm follows.
    mutating func returned(_ sequence: UInt64) {
        guard let entry = unconfirmed[sequence] else { return }
        batches[entry.batch]?.markUnroutable(entry.index)
    }

    /// The broker answered for one message, or for all up to it.
    mutating func confirmed(_ sequence: UInt64, multiple: Bool, accepted: Bool) -> [Completion] {
        var completions: [Completion] = []
        if multiple {
            var closed: [Unconfirmed] = []
            unconfirmed.closeAll(through: sequence) { closed.append($0) }
            for entry in closed { settle(entry, accepted, &completions) }
        } else if let entry = unconfirmed.close(sequence) {
            settle(entry, accepted, &completions)
        }
        return completions
    }

    /// The connection ended: calls with unanswered messages end, the others wait for the next connection.
    ///
    /// A publish to an exchange that does not exist ends it, too. Only the call that holds such a message is told so;
    /// another would blame its own for it.
    mutating func lost(_ error: AMQPError) -> [Completion] {
        if connection != .closed { connection = .down }
        unconfirmed = SequenceWindow(capacity: window)
        for id in batches.keys where error.code == .notFound {
            batches[id]?.markUnroutable { error.names(exchange: $0.exchange) }
        }
        return give(up: { $0.inFlight > 0 }) { $0.lost(error) }
    }

    /// No connection can be had for a reason that waiting does not mend.
    mutating func refused(_ error: AMQPError) -> [Completion] {
        give(up: { _ in true }) { $0.abandoned(error.code, error.message, notSent: error.retryability) }
    }

    mutating func close() -> [Completion] {
        connection = .closed
        return give(up: { _ in true }) { $0.abandoned(.closed, "the publisher was closed", notSent: .retry) }
    }

    /// Ends the calls whose time is over. Their unanswered messages stay counted until the broker answers.
    mutating func expire(at now: ContinuousClock.Instant) -> [Completion] {
        guard let deadline = nextDeadline, deadline <= now else { return [] }
        let (isBlocked, isUp) = (connection == .blocked, connection == .open)
        return give(up: { $0.deadline <= now }) { $0.expired(isBlocked: isBlocked, isUp: isUp) }
    }

    private mutating func settle(_ entry: Unconfirmed, _ accepted: Bool, _ completions: inout [Completion]) {
        batches[entry.batch]?.settle(entry.index, accepted: accepted)
        guard let batch = batches[entry.batch], batch.isSettled else { return }
        batches[entry.batch] = nil
        completions.append(Completion(batch: entry.batch, result: batch.result))
    }

    private mutating func give(
        up condition: (PublishBatch) -> Bool, _ error: (PublishBatch) -> AMQPError
    ) -> [Completion] {
        let ended = batches.filter { condition($0.value) }
        for id in ended.keys { batches[id] = nil }
        return ended.map { Completion(batch: $0.key, result: .failure(error($0.value))) }
    }
}

extension AMQPError {
    /// Whether the broker says that this is the exchange it does not have.
    /// Source: RabbitMQ's text of a 404 from `basic.publish`: "NOT_FOUND - no exchange 'x' in vhost '/'".
    fileprivate func names(exchange: String) -> Bool { message.contains("no exchange '\(exchange)' in vhost") }
}

extension PublishBatch {
    fileprivate func lost(_ error: AMQPError) -> AMQPError {
        guard !hasNoExchange else {
            return AMQPError(
                .notFound, error.message, isUncertain ? .unknownOutcome : .doNotRetry, failures: failures)
        }
        return abandoned(
            .connectionLost, "lost the connection before the confirm: \(error.message)", notSent: .retry)
    }

    fileprivate func expired(isBlocked: Bool, isUp: Bool) -> AMQPError {
        if inFlight > 0 { return abandoned(.timeout, "no confirm in time", notSent: .retry) }
        if isBlocked { return abandoned(.blocked, "the broker blocks publishers (memory or disk)", notSent: .retry) }
        if isUp { return abandoned(.timeout, "other messages kept the confirm window full", notSent: .retry) }
        return abandoned(.notConnected, "no connection to the broker in time", notSent: .retry)
    }
}
