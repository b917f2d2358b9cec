import Commerce
import Foundation
import Testing

@testable import Providers

@Suite("Webhooks of Stripe")
struct StripeWebhookTests {
    private let body = #"{"id":"evt_1QxTest","object":"event","type":"charge.refunded"}"#
    private let header = "t=1772619330,v1=cc2ce8d37c4cead2f6d4c92a81dc1b88f8e748a07c7a80830ee2420494236786"

    private func verify(
        _ header: String?, _ body: String? = nil, secondsLater: Double = 0, settings: String = ""
    ) throws -> WebhookVerdict {
        let clock = ManualClock(Date(timeIntervalSince1970: 1_772_619_330 + secondsLater))
        let headers = header.map { [("stripe-signature", $0)] } ?? []
        return StripeWebhookVerifier(settings: try stripeSettings(settings), clock: clock)
            .verify(InboundWebhook(headers: headers, body: bytes(body ?? self.body)))
    }

    @Test("the published signature is the one computed: the key is the whole secret, and time is signed too")
    func vector() {
        let code = StripeSignature.code(
            bytes(body), timestamp: 1_772_619_330, secret: "whsec_example_endpoint_secret_1")
        #expect("t=1772619330,v1=\(code)" == header)
    }

    @Test("anything changed is rejected: body, code, time, secret")
    func rejected() throws {
        #expect(try verify(header, body + " ") == .rejected(.badSignature))
        #expect(try verify(header.replacing("t=1772619330", with: "t=1772619331")) == .rejected(.badSignature))
        #expect(try verify(header.replacing("v1=", with: "v0=")) == .rejected(.badSignature))
        #expect(try verify("v1=cc2c") == .rejected(.badSignature))
        #expect(try verify("") == .rejected(.missingSignature))
        #expect(try verify(nil) == .rejected(.missingSignature))
        let other = try StripeSettings.decode(
            bytes(#"{"secret_key":"sk_1","webhook_secrets":["whsec_other"]}"#))
        let webhook = InboundWebhook(headers: [("Stripe-Signature", header)], body: bytes(body))
        let clock = ManualClock(Date(timeIntervalSince1970: 1_772_619_330))
        #expect(
            StripeWebhookVerifier(settings: other, clock: clock).verify(webhook) == .rejected(.badSignature))
    }

    private func signed(_ body: String) -> String {
        let code = StripeSignature.code(bytes(body), timestamp: 1_772_619_330, secret: "whsec_new")
        return "t=1772619330,v1=\(code)"
    }

    private let event =
        #"{"id":"evt_1","object":"event","created":1772619330,"type":"refund.updated","request":{"id":"req_1","#
        + #""idempotency_key":"rfd_1"},"data":{"object":{"id":"re_1","object":"refund","amount":14900,"#
        + #""currency":"usd","status":"failed","failure_reason":"declined","metadata":{}}}}"#

    @Test("an event is taken under either secret, one matching code among several is enough")
    func accepted() throws {
        for header in [signed(event), "\(signed(event)),v1=00ff", "t=1772619330,v1=00,\(signed(event).dropFirst(13))"] {
            guard case .accepted(let webhook) = try verify(header, event) else { throw NothingFailed() }
            #expect(webhook.topic == "refund.updated")
            #expect(webhook.eventID == "evt_1")
            #expect(webhook.dedupeKey == "event:refund.updated:evt_1")
            #expect(webhook.triggeredAt == "1772619330")
        }
    }

    @Test("a signature is good for five minutes of real time, or as long as the settings say")
    func tolerance() throws {
        func isTaken(_ seconds: Double, _ settings: String = "") throws -> Bool {
            if case .accepted = try verify(signed(event), event, secondsLater: seconds, settings: settings) {
                return true
            }
            return false
        }
        #expect(try isTaken(300))
        #expect(try !isTaken(301))
        #expect(try isTaken(600, #","webhook_tolerance_seconds":600"#))
        #expect(try isTaken(-3600), "what is signed by a clock ahead of ours is not too old")
    }

    @Test("what is no event of this API is malformed")
    func shapes() throws {
        let thin = event.replacing(#""object":"event""#, with: #""object":"v2.core.event""#)
        #expect(try verify(signed(thin), thin) == .rejected(.malformedBody))
        #expect(try verify(signed("[]"), "[]") == .rejected(.malformedBody))
    }

    @Test("an event tells what it is about, and which of our requests caused it")
    func subjects() throws {
        let refund = try StripeEvent(json: bytes(event))
        #expect(refund.idempotencyKey == "rfd_1")
        guard case .refund(let about) = refund.subject else { throw NothingFailed() }
        #expect(about.status == .failed)
        #expect(about.failureReason == "declined")
        let dispute = try StripeEvent(
            json: bytes(
                """
                {"id":"evt_2","object":"event","type":"charge.dispute.closed","request":null,
                 "data":{"object":{"id":"dp_1","object":"dispute","amount":500,"currency":"jpy","charge":"ch_1",
                 "status":"lost"}}}
                """))
        guard case .dispute(let lost) = dispute.subject else { throw NothingFailed() }
        #expect(lost.isOver)
        #expect(lost.amount?.decimalString == "500")
        let other = try StripeEvent(
            json: bytes(#"{"id":"e","object":"event","type":"x","request":"req_1","data":{"object":{"object":"y"}}}"#))
        #expect(other.subject == .other("y"))
    }
}
