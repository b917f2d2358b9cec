/// The messages of one `publish` call and what is known of each.
struct PublishBatch {
    enum Fate: UInt8 {
        case waiting
        case sent
        case confirmed
        case unroutable
        case nacked
    }

    let messages: [AMQPMessage]
    let deadline: ContinuousClock.Instant
    private var fates: [Fate]
    /// One of its messages is for an exchange that does not exist.
    private(set) var hasNoExchange = false
    private(set) var nextIndex = 0
    private(set) var inFlight = 0

    init(messages: [AMQPMessage], deadline: ContinuousClock.Instant) {
        self.messages = messages
        self.deadline = deadline
        fates = Array(repeating: .waiting, count: messages.count)
    }

    var isFullyWritten: Bool { nextIndex == messages.count }
    var isSettled: Bool { isFullyWritten && inFlight == 0 }

    /// Takes the next message to write, with its position.
    mutating func takeNext() -> (index: Int, message: AMQPMessage) {
        let index = nextIndex
        fates[index] = .sent
        nextIndex += 1
        inFlight += 1
        return (index, messages[index])
    }

    mutating func markUnroutable(_ index: Int) {
        fates[index] = .unroutable
    }

    /// The broker has no exchange for these: of those that are unanswered, the others may be stored.
    mutating func markUnroutable(where hasNoExchange: (AMQPMessage) -> Bool) {
        for index in messages.indices where fates[index] == .sent && hasNoExchange(messages[index]) {
            fates[index] = .unroutable
            self.hasNoExchange = true
        }
    }

    /// Whether a message is unanswered.
    var isUncertain: Bool { fates.contains(.sent) }

    /// The broker has answered for one message. A return that came before its confirm stands.
    mutating func settle(_ index: Int, accepted: Bool) {
        inFlight -= 1
        if fates[index] == .sent { fates[index] = accepted ? .confirmed : .nacked }
    }

    /// How the call ends once everything is settled.
    var result: Result<Void, AMQPError> {
        let failures = failures
        guard !failures.isEmpty else { return .success(()) }
        let unroutable = failures.count { $0.reason == .unroutable }
        if unroutable > 0 {
            let text = "\(unroutable) of \(messages.count) messages reach no queue"
            return .failure(AMQPError(.unroutable, text, .doNotRetry, failures: failures))
        }
        let text = "the broker refused \(failures.count) of \(messages.count) messages"
        return .failure(AMQPError(.nacked, text, .retry, failures: failures))
    }

    /// How the call ends when it is given up now. Its outcome is unknown if anything is unanswered.
    func abandoned(_ code: AMQPError.Code, _ message: String, notSent retryability: AMQPError.Retryability) -> AMQPError
    {
        AMQPError(code, message, inFlight > 0 ? .unknownOutcome : retryability, failures: failures)
    }

    var failures: [PublishFailure] {
        fates.enumerated().compactMap { index, fate in
            fate.failure.map { PublishFailure(index: index, reason: $0) }
        }
    }
}

extension PublishBatch.Fate {
    fileprivate var failure: PublishFailure.Reason? {
        switch self {
        case .waiting: .notSent
        case .sent: .unknown
        case .confirmed: nil
        case .unroutable: .unroutable
        case .nacked: .nacked
        }
    }
}
