/// Queues that deliver at least once: what is not acknowledged comes again.
struct Broker {
    struct Delivery {
        /// Names the delivery, not the message.
        let tag: Int
        let message: Message
    }

    private var queues: [Message.Queue: [Message]] = [:]
    private var unacknowledged: [Int: (message: Message, replica: Int)] = [:]
    private var lastTag = 0

    /// - Parameter place: how many messages it overtakes.
    mutating func enqueue(_ message: Message, overtaking place: Int = 0) {
        let count = queues[message.queue]?.count ?? 0
        queues[message.queue, default: []].insert(message, at: max(0, count - place))
    }

    func waiting(in queue: Message.Queue) -> Int { queues[queue]?.count ?? 0 }

    mutating func take(from queue: Message.Queue, atMost count: Int, for replica: Int) -> [Delivery] {
        let taken = Array((queues[queue] ?? []).prefix(count))
        queues[queue]?.removeFirst(taken.count)
        return taken.map { message in
            lastTag += 1
            unacknowledged[lastTag] = (message, replica)
            return Delivery(tag: lastTag, message: message)
        }
    }

    mutating func acknowledge(_ deliveries: [Delivery]) {
        for delivery in deliveries { unacknowledged[delivery.tag] = nil }
    }

    /// The connection is gone: what was delivered over it goes back to where it was.
    mutating func requeue(heldBy replica: Int) {
        let held = unacknowledged.filter { $0.value.replica == replica }.sorted { $0.key > $1.key }
        for (tag, entry) in held {
            unacknowledged[tag] = nil
            queues[entry.message.queue, default: []].insert(entry.message, at: 0)
        }
    }

    mutating func requeue(_ delivery: Delivery) {
        guard let entry = unacknowledged.removeValue(forKey: delivery.tag) else { return }
        queues[entry.message.queue, default: []].insert(entry.message, at: 0)
    }

    /// Whether nothing is on its way.
    var isEmpty: Bool { unacknowledged.isEmpty && queues.values.allSatisfy(\.isEmpty) }
}
