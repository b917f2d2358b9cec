import Commerce
import Testing

@testable import IngestGateway

@Suite("Webhooks that wait to be stored")
struct ReceiptQueueTests {
    private let here = WorkspaceID()

    private func arrive(
        _ queue: inout ReceiptQueue<Int, String>, _ name: String, key: String? = nil, bytes: Int = 1,
        in workspace: WorkspaceID? = nil
    ) -> (id: UInt64, leads: Bool) {
        let (id, arrival) = queue.arrive(0, key: key ?? name, bytes: bytes, in: workspace ?? here, name)
        if case .leads = arrival { return (id, true) }
        return (id, false)
    }

    private func queue(_ change: (inout ReceiptQueue<Int, String>.Limits) -> Void = { _ in }) -> ReceiptQueue<
        Int, String
    > {
        var limits = ReceiptQueue<Int, String>.Limits()
        limits.leadersMax = 1
        change(&limits)
        return ReceiptQueue(limits: limits)
    }

    @Test("the first leads at once and takes those that came meanwhile")
    func groups() {
        var queue = queue()
        let first = arrive(&queue, "a")
        #expect(first.leads)
        #expect(!arrive(&queue, "b").leads && !arrive(&queue, "c").leads)
        #expect(queue.batch(ledBy: first.id).map(\.key) == ["a", "b", "c"])
        #expect(queue.finished() == nil)
    }

    @Test("what came too late for a batch is led by the one of them that waited longest")
    func handsOver() {
        var queue = queue()
        let first = arrive(&queue, "a")
        #expect(queue.batch(ledBy: first.id).count == 1)
        let second = arrive(&queue, "b")
        _ = arrive(&queue, "c")
        #expect(queue.finished() == "b")
        #expect(queue.batch(ledBy: second.id).map(\.key) == ["b", "c"])
        #expect(queue.finished() == nil)
        #expect(arrive(&queue, "d").leads)
    }

    @Test("a batch is of one workspace and has each delivery once; nobody is forgotten")
    func separates() {
        var queue = queue()
        let elsewhere = WorkspaceID()
        let first = arrive(&queue, "a")
        let twin = arrive(&queue, "a again", key: "a")
        let other = arrive(&queue, "x", in: elsewhere)
        _ = arrive(&queue, "b")
        #expect(queue.batch(ledBy: first.id).map(\.key) == ["a", "b"])
        #expect(queue.finished() == "a again")
        #expect(queue.batch(ledBy: twin.id).map(\.key) == ["a"])
        #expect(queue.finished() == "x")
        #expect(queue.batch(ledBy: other.id).map(\.key) == ["x"])
        #expect(queue.finished() == nil)
    }

    @Test("a batch stays within its rows and bytes; one delivery alone may be larger")
    func bounds() {
        var queue = queue {
            $0.batchMax = 2
            $0.batchBytesMax = 10
        }
        let first = arrive(&queue, "a", bytes: 50)
        let second = arrive(&queue, "b", bytes: 6)
        let third = arrive(&queue, "c", bytes: 6)
        #expect(queue.batch(ledBy: first.id).map(\.key) == ["a"])
        #expect(queue.finished() == "b")
        #expect(queue.batch(ledBy: second.id).map(\.key) == ["b"])
        #expect(queue.finished() == "c")
        #expect(queue.batch(ledBy: third.id).map(\.key) == ["c"])
    }

    @Test("beyond what may wait, the sender is turned away")
    func overload() {
        var queue = queue { $0.waitingMax = 2 }
        _ = arrive(&queue, "a")
        _ = arrive(&queue, "b")
        guard case .refused("c") = queue.arrive(0, key: "c", bytes: 1, in: here, "c").1 else {
            Issue.record("taken although full")
            return
        }
    }
}
