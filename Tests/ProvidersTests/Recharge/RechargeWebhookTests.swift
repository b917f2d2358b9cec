import Commerce
import Foundation
import Testing

@testable import Providers

@Suite("Webhooks of Recharge")
struct RechargeWebhookTests {
    private let body = #"{"subscription":{"id":482011,"status":"cancelled","price":"24.90"}}"#
    private let current =
        "t=1772619330,v1=bf076f20a44edfb905d3475a18da7ba5f6bef0b17adbc7f77d6372819e5dbddc"
    private let legacy = "bf6679891f1e88a122803caafa9477e0ac45caab82d04d059ec0f06180594d07"

    private func verify(
        _ headers: [(String, String)], _ body: String? = nil, secondsLater: Double = 0
    ) throws -> WebhookVerdict {
        let clock = ManualClock(Date(timeIntervalSince1970: 1_772_619_330 + secondsLater))
        return RechargeWebhookVerifier(settings: try rechargeSettings(), clock: clock)
            .verify(InboundWebhook(headers: headers, body: bytes(body ?? self.body)))
    }

    private func topic(_ verdict: WebhookVerdict) throws -> String {
        guard case .accepted(let webhook) = verdict else { throw NothingFailed() }
        return webhook.topic
    }

    @Test("the published codes are the ones computed, both of them")
    func vectors() throws {
        let topicHeader = ("X-Recharge-Topic", "subscription/cancelled")
        let now = ("X-Recharge-Webhook-Signature", current)
        #expect(try topic(try verify([now, topicHeader])) == "subscription/cancelled")
        #expect(try topic(try verify([("X-Recharge-Hmac-Sha256", legacy)])) == "subscription")
        #expect(try topic(try verify([("X-Recharge-Webhook-Signature", "v2=00,\(current)")])) == "subscription")
    }

    @Test("the older code counts only where the newer is absent")
    func downgrade() throws {
        let both = [
            ("X-Recharge-Webhook-Signature", current.replacing("v1=b", with: "v1=c")),
            ("X-Recharge-Hmac-Sha256", legacy),
        ]
        #expect(try verify(both) == .rejected(.badSignature))
    }

    @Test("anything changed is rejected, and what is more than two days off either way")
    func rejected() throws {
        let now = [("X-Recharge-Webhook-Signature", current)]
        #expect(try verify(now, body + " ") == .rejected(.badSignature))
        #expect(try verify([("X-Recharge-Hmac-Sha256", legacy)], body + " ") == .rejected(.badSignature))
        #expect(try verify([]) == .rejected(.missingSignature))
        #expect(try topic(try verify(now, secondsLater: 172_800)) == "subscription")
        #expect(try verify(now, secondsLater: 172_801) == .rejected(.badSignature))
        #expect(try verify(now, secondsLater: -172_801) == .rejected(.badSignature))
        let empty = RechargeSignature.legacyCode(bytes("{}"), secret: "new")
        #expect(try verify([("X-Recharge-Hmac-Sha256", empty)], "{}") == .rejected(.missingTopic))
        let list = RechargeSignature.legacyCode(bytes("[]"), secret: "new")
        #expect(try verify([("X-Recharge-Hmac-Sha256", list)], "[]") == .rejected(.malformedBody))
    }

    @Test("an event tells its thing, beside the customer that may come along")
    func event() throws {
        let event = try RechargeEvent(
            json: bytes(#"{"customer":{"id":1},"subscription":{"id":482011,"status":"CANCELLED"}}"#))
        #expect(event.kind == "subscription")
        #expect(event.subscription?.status == .cancelled)
        #expect(event.charge == nil)
    }
}
