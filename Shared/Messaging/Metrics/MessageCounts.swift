import Metrics

/// Counts on `/metrics` what becomes of messages.
enum MessageCounts {
    enum Outcome: String {
        /// Its effects are committed.
        case done
        /// It was answered with a refusal.
        case refused
        /// It had been processed before: only its reply was owed once more.
        case repeated

        init(_ reply: CommandReply?) {
            if case .refused? = reply { self = .refused } else { self = .done }
        }
    }

    struct Processed: Hashable {
        /// As its handler names it, so that there are few whatever is sent.
        var type: String
        var outcome: Outcome

        init(_ type: String, _ outcome: Outcome) {
            self.type = type
            self.outcome = outcome
        }
    }

    static func processed(_ messages: [Processed]) {
        for (kind, count) in messages.reduce(into: [Processed: Int](), { $0[$1, default: 0] += 1 }) {
            Counter(
                label: "messages_processed_total",
                dimensions: [("type", kind.type), ("outcome", kind.outcome.rawValue)]
            ).increment(by: count)
        }
    }

    /// One try has failed, the last one included.
    static func failed(_ type: String) {
        Counter(label: "messages_failed_total", dimensions: [("type", type)]).increment()
    }

    static func deadLettered(queue: String, reason: String) {
        Counter(label: "dead_letters_total", dimensions: [("queue", queue), ("reason", reason)]).increment()
    }
}

extension MessageProcessor {
    /// - Parameter replies: those of the messages, in their order.
    func count(_ messages: [HandledMessage], _ replies: [CommandReply?], repeated: [HandledMessage] = []) {
        MessageCounts.processed(
            zip(messages, replies).map { .init(table.handlers[$0.handler].pattern, .init($1)) }
                + repeated.map { .init(table.handlers[$0.handler].pattern, .repeated) })
    }
}
