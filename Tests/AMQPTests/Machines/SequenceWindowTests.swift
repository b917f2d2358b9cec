import Testing

@testable import AMQP

@Suite("Sequence window")
struct SequenceWindowTests {
    @Test("numbers start at 1 and survive growth beyond the first capacity")
    func growth() {
        var window = SequenceWindow<Int>(capacity: 4)
        let numbers = (1...100).map { window.append($0 * 10) }
        #expect(numbers == Array(1...100))
        #expect((1...100).allSatisfy { window[UInt64($0)] == $0 * 10 })
        #expect(window.count == 100)
    }

    @Test("closing out of order moves the lowest number only past closed ones")
    func outOfOrder() {
        var window = SequenceWindow<String>()
        for item in ["a", "b", "c"] { _ = window.append(item) }
        #expect(window.close(2) == "b")
        #expect(window.lowest == 1)
        #expect(window.close(1) == "a")
        #expect(window.lowest == 3)
        #expect(window.count == 1)
    }

    @Test("closing a range gives what is still open, oldest first")
    func range() {
        var window = SequenceWindow<Int>()
        for item in 1...5 { _ = window.append(item) }
        _ = window.close(3)
        var closed: [Int] = []
        window.closeAll(through: 4) { closed.append($0) }
        #expect(closed == [1, 2, 4])
        #expect(window.lowest == 5)
    }

    @Test("unknown and repeated numbers are ignored")
    func unknown() {
        var window = SequenceWindow<Int>()
        _ = window.append(1)
        #expect(window.close(0) == nil)
        #expect(window.close(2) == nil)
        #expect(window.close(1) == 1)
        #expect(window.close(1) == nil)
        window.closeAll(through: 99) { _ in Issue.record("nothing is open") }
        #expect(window.next == 2)
    }
}
