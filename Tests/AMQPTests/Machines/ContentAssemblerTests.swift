import Testing

@testable import AMQP

@Suite("Content assembler")
struct ContentAssemblerTests {
    private let deliver = BrokerFrame.deliver(tag: 1, redelivered: false, exchange: "e", routingKey: "k")

    private func body(_ event: BrokerEvent?) -> [UInt8]? {
        if case .delivered(let content, _, _) = event { content.body } else { nil }
    }

    private func isProtocolError(_ event: BrokerEvent?) -> Bool {
        if case .failed(let error) = event { error.code == .protocolError } else { false }
    }

    @Test("a message comes out when its last body frame is in")
    func fragments() {
        var assembler = ContentAssembler()
        #expect(assembler.receive(deliver) == nil)
        #expect(assembler.receive(.header(bodySize: 5, ReceivedProperties())) == nil)
        #expect(assembler.receive(.body([1, 2, 3])) == nil)
        #expect(body(assembler.receive(.body([4, 5]))) == [1, 2, 3, 4, 5])
    }

    @Test("a message without a body comes out with its header")
    func empty() {
        var assembler = ContentAssembler()
        _ = assembler.receive(deliver)
        #expect(body(assembler.receive(.header(bodySize: 0, ReceivedProperties()))) == [])
    }

    @Test("a returned message keeps its headers and the broker's reason")
    func returned() {
        var assembler = ContentAssembler()
        _ = assembler.receive(.returned(exchange: "e", routingKey: "k", replyText: "NO_ROUTE"))
        let event = assembler.receive(.header(bodySize: 0, ReceivedProperties(headers: ["a": 1])))
        guard case .returned(let content, let text) = event else {
            Issue.record("expected a return")
            return
        }
        #expect(content.properties.headers == ["a": 1])
        #expect(text == "NO_ROUTE")
    }

    @Test("a body over the cap is dropped while it arrives, and the message is marked")
    func oversized() {
        var assembler = ContentAssembler(bodyMax: 3)
        _ = assembler.receive(deliver)
        _ = assembler.receive(.header(bodySize: 4, ReceivedProperties()))
        #expect(assembler.receive(.body([1, 2])) == nil)
        guard case .delivered(let content, _, _) = assembler.receive(.body([3, 4])) else {
            Issue.record("expected a delivery")
            return
        }
        #expect(content.isOversized)
        #expect(content.body.isEmpty)
    }

    @Test("confirms come through between the frames of a message")
    func interleaved() {
        var assembler = ContentAssembler()
        _ = assembler.receive(deliver)
        #expect(assembler.receive(.acked(tag: 9, multiple: true)) == .acked(tag: 9, multiple: true))
        #expect(body(assembler.receive(.header(bodySize: 0, ReceivedProperties()))) == [])
    }

    @Test(
        "frames out of place are a protocol error",
        arguments: [
            [BrokerFrame.header(bodySize: 1, ReceivedProperties())], [.body([1])],
            [
                .deliver(tag: 1, redelivered: false, exchange: "", routingKey: ""),
                .deliver(tag: 2, redelivered: false, exchange: "", routingKey: ""),
            ],
            [
                .deliver(tag: 1, redelivered: false, exchange: "", routingKey: ""),
                .header(bodySize: 1, ReceivedProperties()), .body([1, 2]),
            ],
        ])
    func outOfPlace(_ frames: [BrokerFrame]) {
        var assembler = ContentAssembler()
        let events = frames.map { assembler.receive($0) }
        #expect(isProtocolError(events.last ?? nil))
    }

    @Test("closed channels, closed connections and cancelled consumers end the connection with the broker's code")
    func failures() {
        var assembler = ContentAssembler()
        let closed = assembler.receive(.channelClosed(code: 406, text: "inequivalent arg"))
        #expect(closed == .failed(AMQPError(replyCode: 406, text: "inequivalent arg")))
        let forced = assembler.receive(.connectionClosed(code: 320, text: "CONNECTION_FORCED"))
        #expect(forced == .failed(AMQPError(replyCode: 320, text: "CONNECTION_FORCED")))
        guard case .failed(let error) = assembler.receive(.consumerCancelled) else {
            Issue.record("expected a failure")
            return
        }
        #expect(error.retryability == .retry)
    }
}
