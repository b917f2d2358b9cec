import Testing

@testable import AMQP

@Suite("Publisher machine")
struct PublisherMachineTests {
    private let start = ContinuousClock.now

    private func makeMessages(_ count: Int) -> [AMQPMessage] {
        (0..<count).map { AMQPMessage(exchange: "e", routingKey: "k\($0)", body: []) }
    }

    private func makeOpen(window: Int = 100) -> PublisherMachine {
        var machine = PublisherMachine(window: window)
        machine.opened()
        return machine
    }

    private func submit(_ machine: inout PublisherMachine, _ count: Int, within seconds: Int = 30) -> UInt64 {
        machine.submit(makeMessages(count), deadline: start + .seconds(seconds))
    }

    private func writeAll(_ machine: inout PublisherMachine) -> [UInt64] {
        var written: [UInt64] = []
        while let next = machine.next() { written.append(next.sequence) }
        return written
    }

    private func error(_ completions: [PublisherMachine.Completion]) -> AMQPError? {
        guard completions.count == 1, case .failure(let error) = completions[0].result else { return nil }
        return error
    }

    private func isSuccess(_ completion: PublisherMachine.Completion) -> Bool {
        if case .success = completion.result { true } else { false }
    }

    @Test("a call ends when the last of its messages is confirmed")
    func confirms() {
        var machine = makeOpen()
        let call = submit(&machine, 3)
        #expect(writeAll(&machine) == [1, 2, 3])
        #expect(machine.confirmed(2, multiple: false, accepted: true).isEmpty)
        #expect(machine.confirmed(1, multiple: false, accepted: true).isEmpty)
        let completions = machine.confirmed(3, multiple: false, accepted: true)
        #expect(completions.map(\.batch) == [call])
        #expect(completions.allSatisfy(isSuccess))
    }

    @Test("one multiple confirm ends several calls")
    func multiple() {
        var machine = makeOpen()
        let calls = [submit(&machine, 1), submit(&machine, 2), submit(&machine, 2)]
        _ = writeAll(&machine)
        let completions = machine.confirmed(4, multiple: true, accepted: true)
        #expect(completions.map(\.batch) == Array(calls.prefix(2)))
        #expect(machine.confirmed(5, multiple: true, accepted: true).map(\.batch) == [calls[2]])
    }

    @Test("no more is written than the window allows, and a confirm makes room")
    func window() {
        var machine = makeOpen(window: 2)
        _ = submit(&machine, 5)
        #expect(writeAll(&machine) == [1, 2])
        _ = machine.confirmed(2, multiple: false, accepted: true)
        #expect(writeAll(&machine) == [3])
        _ = machine.confirmed(3, multiple: true, accepted: true)
        #expect(writeAll(&machine) == [4, 5])
    }

    @Test("an exchange that does not exist is the fault of the messages for it, and unknown to the others under way")
    func noExchange() throws {
        var machine = makeOpen()
        let others = submit(&machine, 1)
        let message = { AMQPMessage(exchange: $0, routingKey: "k", body: []) }
        let mixed = machine.submit(["e", "gone", "e"].map(message), deadline: start + .seconds(30))
        let alone = machine.submit([message("gone")], deadline: start + .seconds(30))
        _ = writeAll(&machine)
        let completions = machine.lost(AMQPError(replyCode: 404, text: "NOT_FOUND - no exchange 'gone' in vhost '/'"))
        let errors = Dictionary(uniqueKeysWithValues: completions.map { ($0.batch, error([$0])) })
        #expect(errors[others]??.code == .connectionLost && errors[others]??.retryability == .unknownOutcome)
        #expect(errors[mixed]??.code == .notFound && errors[mixed]??.retryability == .unknownOutcome)
        let reasons: [PublishFailure.Reason] = [.unknown, .unroutable, .unknown]
        #expect(errors[mixed]??.failures.map(\.reason) == reasons)
        #expect(errors[alone]??.code == .notFound && errors[alone]??.retryability == .doNotRetry)
        #expect(machine.next() == nil)
    }

    @Test("a nacked message fails its call alone and names its position")
    func nack() throws {
        var machine = makeOpen()
        let other = submit(&machine, 1)
        _ = submit(&machine, 2)
        _ = writeAll(&machine)
        #expect(machine.confirmed(1, multiple: false, accepted: true).map(\.batch) == [other])
        _ = machine.confirmed(2, multiple: false, accepted: true)
        let failure = try #require(error(machine.confirmed(3, multiple: false, accepted: false)))
        #expect(failure.code == .nacked)
        #expect(failure.retryability == .retry)
        #expect(failure.failures == [PublishFailure(index: 1, reason: .nacked)])
    }

    @Test("a returned message fails its call although its confirm follows")
    func returned() throws {
        var machine = makeOpen()
        _ = submit(&machine, 3)
        _ = writeAll(&machine)
        machine.returned(2)
        let failure = try #require(error(machine.confirmed(3, multiple: true, accepted: true)))
        #expect(failure.code == .unroutable)
        #expect(failure.failures == [PublishFailure(index: 1, reason: .unroutable)])
    }

    @Test("a lost connection ends calls with unanswered messages as unknown, and says what is known of each")
    func lost() throws {
        var machine = makeOpen(window: 2)
        _ = submit(&machine, 4)
        _ = writeAll(&machine)
        _ = machine.confirmed(1, multiple: false, accepted: true)
        let failure = try #require(error(machine.lost(AMQPError(.connectionLost, "gone", .retry))))
        #expect(failure.code == .connectionLost)
        #expect(failure.retryability == .unknownOutcome)
        #expect(
            failure.failures == [
                PublishFailure(index: 1, reason: .unknown), PublishFailure(index: 2, reason: .notSent),
                PublishFailure(index: 3, reason: .notSent),
            ])
    }

    @Test("a call of which nothing was written waits for the next connection, where numbers start at 1 again")
    func survives() {
        var machine = PublisherMachine(window: 10)
        let call = submit(&machine, 1)
        #expect(machine.next() == nil)
        #expect(machine.lost(AMQPError(.connectionLost, "gone", .retry)).isEmpty)
        machine.opened()
        #expect(writeAll(&machine) == [1])
        #expect(machine.confirmed(1, multiple: false, accepted: true).map(\.batch) == [call])
    }

    @Test("while blocked nothing is written, and a call that never began ends as blocked")
    func blocked() throws {
        var machine = makeOpen()
        machine.blocked()
        _ = submit(&machine, 1, within: 5)
        #expect(machine.next() == nil)
        #expect(machine.expire(at: start + .seconds(4)).isEmpty)
        let failure = try #require(error(machine.expire(at: start + .seconds(5))))
        #expect(failure.code == .blocked)
        #expect(failure.retryability == .retry)
        #expect(failure.failures == [PublishFailure(index: 0, reason: .notSent)])
    }

    @Test("after unblocking, writing goes on")
    func unblocked() {
        var machine = makeOpen()
        machine.blocked()
        _ = submit(&machine, 2)
        machine.unblocked()
        #expect(writeAll(&machine) == [1, 2])
    }

    @Test("a call whose confirm is late ends as unknown, and the late confirm harms nobody")
    func late() throws {
        var machine = makeOpen()
        _ = submit(&machine, 1, within: 5)
        _ = writeAll(&machine)
        let failure = try #require(error(machine.expire(at: start + .seconds(6))))
        #expect(failure.code == .timeout)
        #expect(failure.retryability == .unknownOutcome)
        let next = submit(&machine, 1)
        #expect(writeAll(&machine) == [2])
        #expect(machine.confirmed(2, multiple: true, accepted: true).map(\.batch) == [next])
    }

    @Test("without a connection a call ends as not connected")
    func notConnected() throws {
        var machine = PublisherMachine(window: 10)
        _ = submit(&machine, 1, within: 5)
        let failure = try #require(error(machine.expire(at: start + .seconds(5))))
        #expect(failure.code == .notConnected)
        #expect(failure.retryability == .retry)
    }

    @Test("the next deadline is that of the oldest call still open")
    func deadline() {
        var machine = makeOpen()
        _ = submit(&machine, 1, within: 5)
        _ = submit(&machine, 1, within: 9)
        #expect(machine.nextDeadline == start + .seconds(5))
        _ = writeAll(&machine)
        _ = machine.confirmed(1, multiple: false, accepted: true)
        #expect(machine.nextDeadline == start + .seconds(9))
    }

    @Test("closing ends every call, and nothing is written afterwards")
    func close() {
        var machine = makeOpen()
        _ = submit(&machine, 1)
        _ = writeAll(&machine)
        _ = submit(&machine, 1)
        #expect(machine.close().count == 2)
        machine.opened()
        #expect(machine.isClosed)
        #expect(machine.next() == nil)
    }

    @Test("a refusal that waiting does not mend ends waiting calls with its own code")
    func refused() throws {
        var machine = PublisherMachine(window: 10)
        _ = submit(&machine, 1)
        let failure = try #require(error(machine.refused(AMQPError(.accessRefused, "no", .doNotRetry))))
        #expect(failure.code == .accessRefused)
        #expect(failure.retryability == .doNotRetry)
    }

    @Test("one confirm missing while thousands pass shows as overstretched")
    func overstretched() {
        var machine = makeOpen(window: 2)
        _ = submit(&machine, 1_000)
        _ = machine.next()
        while let next = machine.next() { _ = machine.confirmed(next.sequence, multiple: false, accepted: true) }
        #expect(machine.isOverstretched)
    }
}
