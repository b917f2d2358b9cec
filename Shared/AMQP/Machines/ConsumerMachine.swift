/// What a consumer knows: deliveries received, handed out and not yet settled; callers waiting. No I/O, no clock.
struct ConsumerMachine {
    typealias WaiterID = UInt64

    struct Waiter {
        var id: WaiterID
        var max: Int
    }

    /// What a caller of `next` gets.
    struct HandOut {
        var waiter: WaiterID
        var deliveries: [AMQPDelivery]
    }

    /// One acknowledgement to write; `multiple` settles everything older too.
    struct Acknowledgement: Equatable {
        var tag: UInt64
        var multiple: Bool
    }

    private enum Phase { case consuming, cancelled, closed }
    private enum Holder { case us, caller }

    private var phase = Phase.consuming
    /// Counts connections; a delivery of an earlier one is dead.
    private(set) var epoch: UInt64 = 0
    private var unsettled = SequenceWindow<Holder>()
    private var ready = FIFO<AMQPDelivery>()
    private var waiters = FIFO<Waiter>()

    var isCancelled: Bool { phase != .consuming }

    /// A new connection consumes. The broker delivers again what the last one had not settled.
    mutating func opened() {
        lost()
        epoch += 1
    }

    mutating func lost() {
        unsettled = SequenceWindow()
        ready = FIFO()
    }

    /// Takes a delivery in. `false` when its tag is not the next one, which the protocol rules out.
    mutating func received(_ content: ReceivedContent, tag: UInt64, redelivered: Bool) -> Bool {
        guard unsettled.append(.us) == tag else { return false }
        ready.append(AMQPDelivery(content, tag: tag, redelivered: redelivered, epoch: epoch))
        return true
    }

    mutating func wait(_ waiter: Waiter) {
        waiters.append(waiter)
    }

    mutating func abandon(_ abandoned: Set<WaiterID>) {
        waiters.removeAll { abandoned.contains($0.id) }
    }

    /// Gives what has arrived to those who wait, first come first served; nothing more comes after cancel.
    mutating func handOut() -> [HandOut] {
        var handed: [HandOut] = []
        while let waiter = waiters.first, !ready.isEmpty || isCancelled {
            waiters.removeFirst()
            let deliveries = phase == .closed ? [] : ready.take(waiter.max)
            for delivery in deliveries { unsettled.replace(delivery.tag, with: .caller) }
            handed.append(HandOut(waiter: waiter.id, deliveries: deliveries))
        }
        return handed
    }

    /// Settles deliveries, as few frames as possible: one for all that are contiguous from the oldest unsettled one.
    /// Deliveries of a dead connection and repeats are ignored.
    mutating func acknowledge(_ deliveries: [AMQPDelivery]) -> [Acknowledgement] {
        let tags = deliveries.compactMap { take($0) ? $0.tag : nil }.sorted()
        let covered = tags.prefix { $0 < unsettled.lowest }
        let single = tags.dropFirst(covered.count).map { Acknowledgement(tag: $0, multiple: false) }
        return (covered.last.map { [Acknowledgement(tag: $0, multiple: covered.count > 1)] } ?? []) + single
    }

    /// Settles one delivery. `false` when there is nothing to tell the broker.
    mutating func reject(_ delivery: AMQPDelivery) -> Bool {
        take(delivery)
    }

    /// No further deliveries are wanted; those received are still handed out. `false` when that was so before.
    mutating func cancel() -> Bool {
        guard phase == .consuming else { return false }
        phase = .cancelled
        return true
    }

    mutating func close() {
        phase = .closed
        lost()
    }

    /// Takes all waiters out, because consuming failed for a reason that waiting does not mend.
    mutating func dismissWaiters() -> [WaiterID] {
        waiters.take(.max).map(\.id)
    }

    private mutating func take(_ delivery: AMQPDelivery) -> Bool {
        guard delivery.epoch == epoch, unsettled[delivery.tag] == .caller else { return false }
        return unsettled.close(delivery.tag) != nil
    }
}
