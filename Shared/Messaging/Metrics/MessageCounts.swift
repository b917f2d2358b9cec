import Metrics
import Synchronization

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

    /// One try has failed, the last one included.
    static func failed(_ type: String) {
        Counter(label: "messages_failed_total", dimensions: [("type", type)]).increment()
    }

    static func deadLettered(queue: String, reason: String) {
        Counter(label: "dead_letters_total", dimensions: [("queue", queue), ("reason", reason)]).increment()
    }
}

/// Counts on `/metrics` what one queue has processed.
///
/// Finding a counter by its labels costs more than counting, so that each is found once.
final class ProcessedCounts: Sendable {
    private struct Kind: Hashable {
        /// Its place in the queue's table.
        var handler: Int
        var outcome: MessageCounts.Outcome
    }

    private let counters = Mutex<[Kind: Counter]>([:])

    /// - Parameter type: as the handler names it, so that there are few whatever is sent.
    func add(_ outcome: MessageCounts.Outcome, handler: Int, type: String) {
        counters.withLock { counters in
            let kind = Kind(handler: handler, outcome: outcome)
            let counter =
                counters[kind]
                ?? Counter(
                    label: "messages_processed_total", dimensions: [("type", type), ("outcome", outcome.rawValue)])
            counters[kind] = counter
            counter.increment()
        }
    }
}

extension MessageProcessor {
    func count(_ outcome: MessageCounts.Outcome, handler: Int) {
        processed.add(outcome, handler: handler, type: table.handlers[handler].pattern)
    }

    /// - Parameter replies: those of the messages, in their order.
    func count(_ messages: [HandledMessage], _ replies: [CommandReply?], repeated: [HandledMessage] = []) {
        for (message, reply) in zip(messages, replies) { count(.init(reply), handler: message.handler) }
        for message in repeated { count(.repeated, handler: message.handler) }
    }
}
