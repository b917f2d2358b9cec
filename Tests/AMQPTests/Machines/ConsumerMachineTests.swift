import Testing

@testable import AMQP

@Suite("Consumer machine")
struct ConsumerMachineTests {
    private func makeContent(_ text: String = "m") -> ReceivedContent {
        ReceivedContent(
            exchange: "e", routingKey: "k", properties: ReceivedProperties(), body: Array(text.utf8), isOversized: false
        )
    }

    private func makeOpen(delivered: Int = 0) -> ConsumerMachine {
        var machine = ConsumerMachine()
        machine.opened()
        for tag in 0..<delivered {
            deliver(&machine, tag: UInt64(tag + 1))
        }
        return machine
    }

    private func deliver(
        _ machine: inout ConsumerMachine, tag: UInt64, _ text: String = "m", redelivered: Bool = false
    ) {
        let isTaken = machine.received(makeContent(text), tag: tag, redelivered: redelivered)
        #expect(isTaken)
    }

    private func take(_ machine: inout ConsumerMachine, _ max: Int, waiter: UInt64 = 1) -> [AMQPDelivery] {
        machine.wait(ConsumerMachine.Waiter(id: waiter, max: max))
        return machine.handOut().flatMap(\.deliveries)
    }

    @Test("a caller gets everything received, up to its maximum, oldest first")
    func handsOut() {
        var machine = makeOpen(delivered: 5)
        #expect(take(&machine, 3).map(\.tag) == [1, 2, 3])
        #expect(take(&machine, 10).map(\.tag) == [4, 5])
    }

    @Test("callers are served in the order they came, each as soon as there is something")
    func order() {
        var machine = makeOpen()
        machine.wait(ConsumerMachine.Waiter(id: 7, max: 1))
        machine.wait(ConsumerMachine.Waiter(id: 8, max: 9))
        #expect(machine.handOut().isEmpty)
        deliver(&machine, tag: 1)
        deliver(&machine, tag: 2)
        #expect(machine.handOut().map(\.waiter) == [7, 8])
    }

    @Test("deliveries contiguous from the oldest are settled by one multiple acknowledgement")
    func multiple() {
        var machine = makeOpen(delivered: 5)
        let taken = take(&machine, 5)
        #expect(machine.acknowledge([taken[2], taken[0], taken[1]]) == [.init(tag: 3, multiple: true)])
        #expect(machine.acknowledge([taken[3]]) == [.init(tag: 4, multiple: false)])
    }

    @Test("a gap is acknowledged around, and closing it later needs one frame")
    func gap() {
        var machine = makeOpen(delivered: 5)
        let taken = take(&machine, 5)
        #expect(
            machine.acknowledge([taken[0], taken[1], taken[3]]) == [
                .init(tag: 2, multiple: true), .init(tag: 4, multiple: false),
            ])
        #expect(machine.acknowledge([taken[2], taken[4]]) == [.init(tag: 5, multiple: true)])
    }

    @Test("a multiple acknowledgement never covers what is not handed out")
    func notHandedOut() {
        var machine = makeOpen(delivered: 4)
        let taken = take(&machine, 2)
        #expect(machine.acknowledge(taken) == [.init(tag: 2, multiple: true)])
        #expect(take(&machine, 4).map(\.tag) == [3, 4])
    }

    @Test("a delivery is settled once; a repeat is ignored")
    func repeats() {
        var machine = makeOpen(delivered: 2)
        let taken = take(&machine, 2)
        let isFirst = machine.reject(taken[0])
        #expect(isFirst)
        #expect(machine.acknowledge([taken[0], taken[0]]).isEmpty)
        let isAgain = machine.reject(taken[0])
        #expect(!isAgain)
        #expect(machine.acknowledge([taken[1]]) == [.init(tag: 2, multiple: false)])
    }

    @Test("deliveries of a lost connection are dropped and settling them does nothing")
    func lost() {
        var machine = makeOpen(delivered: 3)
        let taken = take(&machine, 1)
        machine.lost()
        #expect(machine.acknowledge(taken).isEmpty)
        machine.opened()
        deliver(&machine, tag: 1, "again", redelivered: true)
        #expect(machine.acknowledge(taken).isEmpty)
        let again = take(&machine, 5)
        #expect(again.map(\.redelivered) == [true])
        #expect(machine.acknowledge(again) == [.init(tag: 1, multiple: false)])
    }

    @Test("after cancel, what was received is handed out and then nothing")
    func cancel() {
        var machine = makeOpen(delivered: 1)
        let isFirst = machine.cancel()
        let isAgain = machine.cancel()
        #expect(isFirst)
        #expect(!isAgain)
        #expect(take(&machine, 5).count == 1)
        machine.wait(ConsumerMachine.Waiter(id: 2, max: 5))
        #expect(machine.handOut().map(\.deliveries) == [[]])
    }

    @Test("after close, callers get nothing, though something was received")
    func close() {
        var machine = makeOpen(delivered: 1)
        machine.close()
        machine.wait(ConsumerMachine.Waiter(id: 2, max: 5))
        #expect(machine.handOut().map(\.deliveries) == [[]])
    }

    @Test("a caller that gave up takes nothing")
    func abandoned() {
        var machine = makeOpen()
        machine.wait(ConsumerMachine.Waiter(id: 1, max: 5))
        machine.wait(ConsumerMachine.Waiter(id: 2, max: 5))
        machine.abandon([1])
        deliver(&machine, tag: 1)
        #expect(machine.handOut().map(\.waiter) == [2])
    }

    @Test("a tag out of order is refused")
    func tags() {
        var machine = makeOpen()
        let isTaken = machine.received(makeContent(), tag: 2, redelivered: false)
        #expect(!isTaken)
    }

    @Test("the delivery count is read from its header and is 0 without one")
    func deliveryCount() {
        var content = makeContent()
        #expect(AMQPDelivery(content, tag: 1, redelivered: false, epoch: 1).deliveryCount == 0)
        content.properties.headers["x-delivery-count"] = 3
        #expect(AMQPDelivery(content, tag: 1, redelivered: true, epoch: 1).deliveryCount == 3)
    }
}
