import Commerce
import HTTPTransport
import Providers
import Testing

@testable import ProviderSimulators

@Suite("Labels, the client against the simulator")
struct ShipStationClientTests {
    private let purchase = "/v2/labels"

    @Test("labels for both countries, and one across the border, are bought and can be printed")
    func labels() async throws {
        try await SimulatedHTTP.run { http in
            let account = try ShipStationAccount(http)
            for (number, customer) in [ShipStationAccount.american, ShipStationAccount.canadian].enumerated() {
                let label = try await account.buy("ret-\(number)", from: customer).label
                #expect(label.isReturn)
                #expect(label.status == .completed)
                let document = try await account.client.document(of: label)
                #expect(String(decoding: document, as: UTF8.self).contains("RMA ret-\(number)"))
            }
            let abroad = try ShipStationAccount(http, route: ShipStationAccount.crossing)
            let label = try await abroad.buy("ret-2", from: ShipStationAccount.canadian).label
            #expect(!label.isReturn)
            #expect(label.carrierCode == "ups")
            #expect(label.cost?.currency == "USD")
            #expect(try await account.client.problemsOfReturnRoutes().isEmpty)
            #expect(try await abroad.client.problemsOfReturnRoutes().isEmpty)
        }
    }

    @Test(
        "after a lost answer, and after one that lands late, there is one label",
        arguments: ["drop_after", "apply_later"])
    func lost(mode: String) async throws {
        try await SimulatedHTTP.run { http in
            let account = try ShipStationAccount(http)
            try await account.lose("POST", purchase, mode)
            await #expect(throws: ProviderFailure.self) { try await account.buy("ret-1") }
            _ = try await account.buy("ret-1")
            _ = try await account.buy("ret-1")
            let labels = try await account.labels()
            #expect(labels == ["ret-1"])
        }
    }

    @Test("a void whose answer was lost is sent again; the label's id stays used")
    func voids() async throws {
        try await SimulatedHTTP.run { http in
            let account = try ShipStationAccount(http)
            let label = try await account.buy("ret-1").label
            try await account.lose("PUT", "/v2/labels/*/void", "drop_after")
            await #expect(throws: ProviderFailure.self) { try await account.client.void(label.id) }
            try await account.client.void(label.id)
            #expect(try await account.client.label(label.id).isVoided)
            do {
                _ = try await account.buy("ret-1")
                Issue.record("a voided label was taken")
            } catch let failure as ProviderFailure {
                #expect(failure.code == "label_voided")
            }
            #expect(try await account.buy("ret-1-2").label.isVoided == false)
        }
    }

    @Test("a label that a carrier has scanned can no longer be voided")
    func used() async throws {
        try await SimulatedHTTP.run { http in
            let account = try ShipStationAccount(http)
            let label = try await account.buy("ret-1").label
            let number = try #require(label.trackingNumber)
            try await http.control(
                "POST", "shipstation/scan", #"{"tracking_number":"\#(number)","status":"in_transit"}"#)
            await #expect(
                throws: ProviderFailure.refused(
                    code: "label_already_used", message: "This label has been used and cannot be voided.")
            ) {
                try await account.client.void(label.id)
            }
            #expect(try await account.client.tracking(ofLabel: label.id).state?.status == .inTransit)
            #expect(try await account.client.labels(trackingNumber: number).map(\.id) == [label.id])
        }
    }

    @Test("a scan is told by webhook, signed as the gateway checks it, also of a foreign parcel")
    func scans() async throws {
        try await SimulatedHTTP.run { http in
            let account = try ShipStationAccount(http)
            try await account.client.startTracking(carrierCode: "ups", number: "1Z001985YW99744790")
            try await http.control(
                "POST", "shipstation/scan", #"{"tracking_number":"1Z001985YW99744790","status":"delivered"}"#)
            var deliveries = http.transport.deliveries.makeAsyncIterator()
            let delivery = try #require(await deliveries.next())
            let webhook = InboundWebhook(headers: delivery.headers.map { ($0.name, $0.value) }, body: delivery.body)
            guard case .accepted(let accepted) = account.verifier.verify(webhook) else {
                Issue.record("the webhook was not accepted")
                return
            }
            #expect(accepted.topic == "track")
            let notification = try ShipStationNotification(json: delivery.body)
            #expect(notification.carrierCode == "ups")
            let tracking = try await account.client.tracking(
                carrierCode: notification.carrierCode ?? "", number: notification.trackingNumber ?? "")
            #expect(tracking.state?.status == .delivered)
            #expect(tracking.deliveredAt != nil)
        }
    }

    @Test("rates come with what they cost, and only for services that take the parcel")
    func rates() async throws {
        try await SimulatedHTTP.run { http in
            let account = try ShipStationAccount(http)
            let draft = try account.draft("ret-1", from: ShipStationAccount.american)
            let rates = try await account.client.rates(
                for: draft.shipment, carrierIDs: ["se-123890", "se-123891"], isReturn: true)
            #expect(rates.first?.serviceCode == "usps_ground_advantage")
            #expect(rates.first?.price?.decimalString == "6.18")
            #expect(!rates.map(\.serviceCode).contains("usps_media_mail"))
            #expect(try await account.client.carriers().count == 4)
        }
    }

    @Test("what a carrier refuses comes in its words; an outage is tried again")
    func refusals() async throws {
        try await SimulatedHTTP.run { http in
            let account = try ShipStationAccount(http)
            let cases: [(String, ProviderFailure)] = [
                (
                    "insufficient_funds",
                    .refused(code: "insufficient_funds", message: "The balance of USPS is too low.")
                ),
                ("unknown", .transient(code: "unknown", message: "USPS did not answer.", retryAfter: nil)),
            ]
            for (refusal, expected) in cases {
                try await http.control("POST", "shipstation/carriers/stamps_com", #"{"refusal":"\#(refusal)"}"#)
                await #expect(throws: expected) { try await account.buy("ret-1") }
            }
        }
    }
}
