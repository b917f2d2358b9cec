import Testing

@testable import Postgres

@Suite("The queue of a pool")
struct LeaseQueueTests {
    private typealias Queue = LeaseQueue<Int, String>

    @Test("connections are made up to the capacity, then askers wait")
    func capacity() {
        var queue = Queue(capacity: 2)
        #expect(queue.request().isCreate && queue.request().isCreate)
        #expect(queue.request().isWait)
        #expect(queue.leased == 2)
    }

    @Test("a connection given back goes to the longest waiting")
    func firstComeFirstServed() {
        var queue = makeFullQueue(waiters: ["first", "second"])
        #expect(queue.giveBack(7).waiter == "first")
        #expect(queue.giveBack(7).waiter == "second")
        #expect(queue.giveBack(7).isKeep)
        #expect(queue.request().leased == 7)
    }

    @Test("a cancelled waiter is passed over, and cancelling twice finds nobody")
    func cancellation() {
        var queue = makeFullQueue(waiters: ["first", "second"])
        #expect(queue.cancel(id: 0) == "first")
        #expect(queue.cancel(id: 0) == nil)
        #expect(queue.giveBack(7).waiter == "second")
    }

    @Test("closing fails those who wait, refuses others, and drains when the last is back")
    func closing() {
        var queue = makeFullQueue(waiters: ["first"])
        #expect(queue.close() == ["first"])
        #expect(queue.request().refusal?.code == .poolClosed)
        #expect(queue.giveBack(7).isDrained)
        #expect(queue.takeIdle() == [7])
    }

    @Test("the number of waiters is bounded, and the refusal may be retried")
    func bound() {
        var queue = Queue(capacity: 1, waitersMax: 1)
        _ = queue.request()
        queue.enqueue("only", id: 1)
        #expect(queue.request().refusal?.retryability == .retry)
    }

    private func makeFullQueue(waiters: [String]) -> Queue {
        var queue = Queue(capacity: 1)
        _ = queue.request()
        for (id, waiter) in waiters.enumerated() { queue.enqueue(waiter, id: UInt64(id)) }
        return queue
    }
}

extension LeaseQueue.Request {
    fileprivate var isCreate: Bool { if case .create = self { true } else { false } }
    fileprivate var isWait: Bool { if case .wait = self { true } else { false } }
    fileprivate var leased: Connection? { if case .lease(let connection) = self { connection } else { nil } }
    fileprivate var refusal: PostgresError? { if case .refuse(let error) = self { error } else { nil } }
}

extension LeaseQueue.Return {
    fileprivate var isKeep: Bool { if case .keep = self { true } else { false } }
    fileprivate var isDrained: Bool { if case .drained = self { true } else { false } }
    fileprivate var waiter: Waiter? { if case .handOver(_, let waiter) = self { waiter } else { nil } }
}
