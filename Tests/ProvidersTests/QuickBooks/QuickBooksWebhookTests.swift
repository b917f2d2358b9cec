import Testing

@testable import Providers

@Suite("Webhooks of QuickBooks")
struct QuickBooksWebhookTests {
    private let body =
        #"{"eventNotifications":[{"realmId":"4620816365","dataChangeEvent":{"entities":[{"name":"RefundReceipt","#
        + #""id":"145","operation":"Create","lastUpdated":"2026-03-04T10:15:30Z"}]}}]}"#
    private let signature = "Ev2pV4dqDhVIfRXo263xB7MLK3Bk172j+3c22WQX7fw="

    private func verify(_ signature: String?, _ body: String, realm: String = "4620816365") throws -> WebhookVerdict {
        var settings = try quickBooksSettings()
        settings.realmID = realm
        return QuickBooksWebhookVerifier(settings: settings)
            .verify(InboundWebhook(headers: signature.map { [("intuit-signature", $0)] } ?? [], body: bytes(body)))
    }

    @Test("the published signature is taken; anything changed is rejected, and another company's")
    func verification() throws {
        guard case .accepted(let webhook) = try verify(signature, body) else { throw NothingFailed() }
        #expect(webhook.topic == "dataChangeEvent")
        #expect(webhook.triggeredAt == "2026-03-04T10:15:30Z")
        #expect(webhook.dedupeKey.hasPrefix("sha256:dataChangeEvent:"))
        #expect(try verify(signature, body + " ") == .rejected(.badSignature))
        #expect(try verify("AAAA", body) == .rejected(.badSignature))
        #expect(try verify(nil, body) == .rejected(.missingSignature))
        #expect(try verify(signature, body, realm: "1") == .rejected(.wrongSender))
    }

    @Test("both forms of a notification are read")
    func forms() throws {
        let events =
            #"[{"specversion":"1.0","type":"qbo.refundreceipt.created.v1","time":"2026-03-04T10:15:30Z","#
            + #""intuitentityid":"145","intuitaccountid":"4620816365"}]"#
        let new = try QuickBooksNotification(json: bytes(events))
        let old = try QuickBooksNotification(json: bytes(body))
        #expect(new.changes.map(\.id) == ["145"])
        #expect(new.changes.map(\.realmID) == old.changes.map(\.realmID))
        #expect(old.changes.first?.entity == "RefundReceipt")
        #expect(throws: (any Error).self) { try QuickBooksNotification(json: bytes("{}")) }
    }
}
