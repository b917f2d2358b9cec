import Testing

@testable import Providers

@Suite("Webhooks of providers")
struct WebhookTests {
    private let body = ##"{"id":5678901234,"name":"#1001","financial_status":"paid","total_price":"149.00"}"##
    private let signature = "nqZkGrcMjdU5zecDvxpOMe06PpevYVA7r3kGfceVO7k="

    private func shopify(
        _ extra: [(String, String)] = [], body: String? = nil, signature: String? = nil, settings: String = ""
    ) throws -> WebhookVerdict {
        let headers = [("x-shopify-hmac-sha256", signature ?? self.signature)] + extra
        return try ShopifyWebhookVerifier(settings: shopifySettings(settings))
            .verify(InboundWebhook(headers: headers, body: bytes(body ?? self.body)))
    }

    @Test("a signed delivery is accepted with its ids and topic")
    func accepted() throws {
        let verdict = try shopify([
            ("X-Shopify-Topic", "orders/paid"), ("X-Shopify-Webhook-Id", "b54557e4"),
            ("X-Shopify-Event-Id", "98880550"),
            ("X-Shopify-Triggered-At", "2026-03-04T10:15:30.128374021Z"),
            ("X-Shopify-Shop-Domain", "mienne.myshopify.com"),
        ])
        let webhook = try accepted(verdict)
        #expect(webhook.topic == "orders/paid")
        #expect(webhook.deliveryID == "b54557e4")
        #expect(webhook.eventID == "98880550")
        #expect(webhook.triggeredAt == "2026-03-04T10:15:30.128374021Z")
        #expect(webhook.dedupeKey == "b54557e4")
    }

    @Test("one changed byte, a wrong signature or none at all is rejected")
    func rejected() throws {
        let topic = [("X-Shopify-Topic", "orders/paid")]
        #expect(try shopify(topic, body: body + " ") == .rejected(.badSignature))
        #expect(try shopify(topic, signature: "AAAA") == .rejected(.badSignature))
        #expect(try shopify(topic, signature: "not base64!") == .rejected(.badSignature))
        #expect(try shopify(topic, signature: "") == .rejected(.missingSignature))
        #expect(try shopify() == .rejected(.missingTopic))
        let other = topic + [("X-Shopify-Shop-Domain", "other.myshopify.com")]
        #expect(try shopify(other) == .rejected(.wrongSender))
    }

    @Test("either of two active secrets is taken")
    func rotation() throws {
        let settings = try ShopifySettings.decode(
            bytes(
                """
                {"shop":"m","access_token":"a","webhook_secrets":["new","shopify-app-client-secret-example","x"]}
                """))
        let headers = [("X-Shopify-Hmac-Sha256", signature), ("X-Shopify-Topic", "orders/paid")]
        let verdict = ShopifyWebhookVerifier(settings: settings)
            .verify(InboundWebhook(headers: headers, body: bytes(body)))
        #expect(try accepted(verdict).topic == "orders/paid")
    }

    @Test("a delivery without an id is deduplicated by its event and topic, then by its body")
    func missingDeliveryID() throws {
        let topic = ("X-Shopify-Topic", "orders/paid")
        #expect(try accepted(shopify([topic, ("X-Shopify-Event-Id", "e1")])).dedupeKey == "event:orders/paid:e1")
        let byBody = try accepted(shopify([topic])).dedupeKey
        #expect(byBody.hasPrefix("sha256:orders/paid:"))
        #expect(byBody.count == "sha256:orders/paid:".count + 64)
        #expect(try accepted(shopify([topic, ("X-Shopify-Webhook-Id", "")])).dedupeKey == byBody)
    }

    @Test("the warehouse's token is checked, and its event id names the delivery")
    func warehouse() throws {
        let verifier = DCLWebhookVerifier(settings: try dclSettings())
        let body = bytes(#"{"event_id":"ev-1","event":"shipped","order_number":"SO10045","occurred_at":"2026-03-05"}"#)
        func verdict(_ token: String?, _ body: [UInt8]) -> WebhookVerdict {
            verifier.verify(InboundWebhook(headers: token.map { [("X-Webhook-Token", $0)] } ?? [], body: body))
        }
        for token in ["token-a", "token-b"] {
            let webhook = try accepted(verdict(token, body))
            #expect(webhook.topic == "shipped")
            #expect(webhook.deliveryID == "ev-1")
        }
        #expect(verdict("token-c", body) == .rejected(.badSignature))
        #expect(verdict(nil, body) == .rejected(.missingSignature))
        #expect(verdict("token-a", bytes("[]")) == .rejected(.malformedBody))
        #expect(verdict("token-a", bytes("{}")) == .rejected(.missingTopic))
        #expect(try accepted(verdict("token-a", bytes(#"{"event":"stage"}"#))).dedupeKey.hasPrefix("sha256:stage:"))
    }

    @Test("the catalog makes the verifiers from stored settings")
    func catalog() throws {
        let make = try #require(ProviderCatalog.provider(named: "dcl")?.webhookVerifier)
        let verifier = try make(ProviderJSON.encode(try dclSettings()))
        #expect(verifier.verify(InboundWebhook(headers: [], body: [])) == .rejected(.missingSignature))
        #expect(ProviderCatalog.provider(named: "netsuite")?.webhookVerifier == nil)
        #expect(ProviderCatalog.provider(named: "nobody") == nil)
    }

    private func accepted(_ verdict: WebhookVerdict) throws -> AcceptedWebhook {
        guard case .accepted(let webhook) = verdict else { throw NothingFailed() }
        return webhook
    }
}
