import Commerce
import Foundation
import Testing

@testable import Messaging

@Suite("Envelope")
struct EnvelopeTests {
    private let workspace = WorkspaceID()

    private func body(_ extra: String = "", type: String = "order.received") -> [UInt8] {
        Array(
            #"{"specversion":"1.0","id":"m1","type":"\#(type)","source":"manual","workspaceid":"\#(workspace)"\#(extra),"data":{"a":1}}"#
                .utf8)
    }

    @Test("needs only the attributes a person can write by hand")
    func minimal() throws {
        let envelope = try Envelope(body: body())
        #expect(envelope.attributes.workspaceid == workspace)
        #expect(try envelope.rawData().text == #"{"a":1}"#)
        #expect(MessageContext(causedBy: envelope).correlationID == "m1")
    }

    @Test(
        "says what is wrong with a message that is none",
        arguments: [
            ("not json", "not a JSON object"), ("{}", "specversion"),
            (#"{"specversion":"1.0","id":"1","type":"t","source":"s","workspaceid":"ord_1"}"#, "workspaceid"),
        ])
    func malformed(text: String, word: String) {
        let error = #expect(throws: MalformedMessage.self) { try Envelope(body: Array(text.utf8)) }
        #expect(error?.description.contains(word) == true)
    }

    @Test("what is written is read back, the saga's address included")
    func roundTrip() throws {
        let factory = MessageFactory(source: .orderIngest, clock: ManualClock(Date(timeIntervalSince1970: 1)))
        let saga = SagaAddress(sagaID: SagaID(), run: 2, path: "3/undo", attempt: 4)
        let message = try factory.command(
            name: "Do", owner: .tracking, data: RawJSON(text: #"{"x":"ü/"}"#), subject: "ord_1",
            context: MessageContext(workspaceID: workspace, actor: "test"), saga: saga)
        let read = try Envelope(body: message.envelope.body)
        #expect(SagaAddress(read.attributes) == saga)
        #expect(read.attributes.subject == "ord_1")
        #expect(try read.rawData().text == #"{"x":"ü/"}"#)
        #expect(read.attributes.time == Date(timeIntervalSince1970: 1))
    }
}

@Suite("Topic patterns")
struct TopicPatternTests {
    @Test(
        "match as the broker matches",
        arguments: [
            ("webhook.shopify.#", "webhook.shopify.orders.paid", true), ("webhook.#", "webhook", true),
            ("webhook.*.paid", "webhook.orders.paid", true), ("webhook.*.paid", "webhook.shopify.orders.paid", false),
            ("#", "anything.at.all", true), ("a.b", "a.b.c", false), ("a.#.c", "a.c", true), ("a.#.c", "a.b.b.c", true),
        ])
    func matching(pattern: String, key: String, matches: Bool) {
        #expect(TopicPattern(pattern).matches(key) == matches)
    }
}

@Suite("Effects")
struct EffectDecisionTests {
    private func record(_ state: EffectState, leased: Bool = false, since: Duration = .zero) -> EffectRecord {
        EffectRecord(
            state: state, attempt: 1, commandKey: "saga/1/3/1", leaseIsLive: leased, sinceLastCall: since,
            reply: nil, error: nil)
    }

    private let probing = EffectRecovery.probe(settleTime: .seconds(30))

    @Test("a planned effect is called, a done one answered")
    func simple() {
        #expect(record(.planned).decide(commandKey: "x", recovery: probing) == .call)
        #expect(record(.done).decide(commandKey: "x", recovery: probing) == .answerDone)
    }

    @Test("the refused attempt is answered again, another attempt is decided afresh")
    func refused() {
        #expect(record(.refused).decide(commandKey: "saga/1/3/1", recovery: probing) == .answerRefused)
        #expect(record(.refused).decide(commandKey: "saga/1/3/2", recovery: probing) == .call)
    }

    @Test("a live lease keeps others away, an expired one means the outcome is unknown")
    func leases() {
        #expect(record(.calling, leased: true).decide(commandKey: "x", recovery: .sendAgain) == .busy)
        #expect(record(.unknown, leased: true).decide(commandKey: "x", recovery: probing) == .busy)
        #expect(record(.calling).decide(commandKey: "x", recovery: .sendAgain) == .call)
        #expect(
            record(.calling, since: .seconds(10)).decide(commandKey: "x", recovery: probing)
                == .probe(absenceCounts: false, wait: .seconds(20)))
    }

    @Test("absence counts only after the settle time")
    func settleTime() {
        #expect(
            record(.unknown, since: .seconds(29)).decide(commandKey: "x", recovery: probing)
                == .probe(absenceCounts: false, wait: .seconds(1)))
        #expect(
            record(.unknown, since: .seconds(30)).decide(commandKey: "x", recovery: probing)
                == .probe(absenceCounts: true, wait: .zero))
    }
}

@Suite("Retry policy")
struct RetryPolicyTests {
    @Test("doubles up to the ceiling and honours the provider's wish")
    func delays() {
        let policy = RetryPolicy()
        #expect(policy.delay(attempt: 1, retryAfter: nil, jitter: 1) == .seconds(1))
        #expect(policy.delay(attempt: 5, retryAfter: nil, jitter: 1) == .seconds(16))
        #expect(policy.delay(attempt: 60, retryAfter: nil, jitter: 1) == .minutes(10))
        #expect(policy.delay(attempt: 1, retryAfter: .seconds(90), jitter: 1) == .seconds(90))
    }
}
