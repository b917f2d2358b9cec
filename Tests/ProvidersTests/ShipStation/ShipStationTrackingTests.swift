import Commerce
import Testing

@testable import Providers

@Suite("Tracking at ShipStation")
struct ShipStationTrackingTests {
    private let data =
        #"{"tracking_number":"1Z9","status_code":"IT","status_detail_code":"OUT_FOR_DELIVERY","events":["#
        + #"{"occurred_at":"2026-03-05T17:00:00Z","city_locality":"LOUISVILLE","status_code":"IT"},"#
        + #"{"occurred_at":"2026-03-04T17:00:00Z","status_code":"AC"}],"actual_delivery_date":null}"#
    private let url = "https://api.shipstation.com/v2/tracking?carrier_code=ups&tracking_number=1Z9"

    private var body: [UInt8] {
        bytes(#"{"resource_url":"\#(url)","resource_type":"API_TRACK","data":\#(data)}"#)
    }

    @Test("codes are read in our words, scan by scan")
    func states() async throws {
        let tracking = try await shipStation(ScriptedHTTPClient(.answer(200, data)))
            .tracking(carrierCode: "ups", number: "1Z9")
        #expect(tracking.state?.status == .outForDelivery)
        #expect(tracking.events.map { $0.state?.status } == [.inTransit, .inTransit])
        #expect(tracking.events[0].occurredAt == "2026-03-05T17:00:00Z")
        let odd = try ProviderJSON.decode(
            ShipStationTracking.self, from: bytes(#"{"tracking_number":"1","status_code":"ZZ","events":null}"#))
        #expect(odd.state == nil)
        #expect(odd.events.isEmpty)
    }

    @Test("a notification tells parcel and carrier, and its address is never fetched")
    func notification() throws {
        let notification = try ShipStationNotification(json: body)
        #expect(notification.trackingNumber == "1Z9")
        #expect(notification.carrierCode == "ups")
        let bare = try ShipStationNotification(
            json: bytes(#"{"resource_url":"\#(url)","resource_type":"API_TRACK"}"#))
        #expect(bare.trackingNumber == "1Z9")
        #expect(bare.tracking == nil)
    }

    @Test("either of two tokens is taken; equal bodies are one delivery")
    func verification() throws {
        let verifier = ShipStationWebhookVerifier(settings: try shipStationSettings())
        func verdict(_ token: String?, _ body: [UInt8]) -> WebhookVerdict {
            verifier.verify(InboundWebhook(headers: token.map { [("X-Webhook-Token", $0)] } ?? [], body: body))
        }
        for token in ["token-a", "token-b"] {
            guard case .accepted(let webhook) = verdict(token, body) else { throw NothingFailed() }
            #expect(webhook.topic == "track")
            #expect(webhook.dedupeKey.hasPrefix("sha256:track:"))
        }
        #expect(verdict("token-c", body) == .rejected(.badSignature))
        #expect(verdict(nil, body) == .rejected(.missingSignature))
        #expect(verdict("token-a", bytes("[]")) == .rejected(.malformedBody))
        #expect(verdict("token-a", bytes("{}")) == .rejected(.missingTopic))
    }

    @Test("rates are sorted by what they cost in all")
    func rates() async throws {
        func rate(_ service: String, _ amount: String, other: String = "0") -> String {
            """
            {"rate_id":"se-1","carrier_id":"se-2","service_code":"\(service)","shipping_amount":{"currency":"usd",
             "amount":\(amount)},"other_amount":{"currency":"USD","amount":\(other)},"error_messages":[]}
            """
        }
        let list = [rate("b", "8.1", other: "1"), rate("a", "8.47")].joined(separator: ",")
        let http = ScriptedHTTPClient(.answer(200, #"{"rate_response":{"rates":[\#(list)]}}"#))
        let draft = try ShipStationLabelDraft(returnParcel(), settings: shipStationSettings())
        let rates = try await shipStation(http).rates(for: draft.shipment, carrierIDs: ["se-2"], isReturn: true)
        #expect(rates.map(\.serviceCode) == ["a", "b"])
        #expect(rates[1].price == (try Money(decimal: "9.10", currency: usd())))
        let body = try json(http.body(0))
        #expect(body["rate_options"] == ["carrier_ids": ["se-2"], "is_return": true])
        #expect(body["shipment"]?["service_code"] == nil)
    }
}
