import Foundation
import Testing

@testable import ProviderSimulators

extension SimulatorBundle where State == ShipStationSimulator {
    static func makeBundle(bucket: Double = 1000) -> Self {
        let settings = ShipStationSettings(
            apiKey: "key", webhookSecret: "secret", webhookURL: "http://gateway.test/webhooks/shipstation/ws_1",
            bucketSize: bucket)
        return Self(ShipStationSimulator(settings, idOffset: .pinned(0)), headers: ["api-key": "key"])
    }

    mutating func buy(_ changes: JSONObject = JSONObject(), shipment: JSONObject = JSONObject()) -> SimulatedResponse {
        let usual = JSONObject([
            ("is_return_label", true), ("rma_number", "RMA-1"), ("shipment", Self.shipment(shipment)),
        ])
        return send("POST", "/v2/labels", .object(usual.merging(changes)))
    }

    static func shipment(_ changes: JSONObject = JSONObject()) -> JSON {
        let usual = JSONObject([
            ("carrier_id", "se-123890"), ("service_code", "ups_ground"), ("external_shipment_id", "ret-1"),
            ("confirmation", "none"), ("ship_from", address("KY", "40202")), ("ship_to", address("CA", "94538")),
            ("packages", [["package_code": "package", "weight": ["value": 1.2.json, "unit": "pound"]]]),
        ])
        return .object(usual.merging(changes))
    }

    static func address(_ state: String, _ code: String, country: String = "US") -> JSON {
        [
            "name": "Ana Ruiz", "phone": "+15024592181", "address_line1": "92 Chestnut St",
            "city_locality": "Louisville", "state_province": .string(state), "postal_code": .string(code),
            "country_code": .string(country),
        ]
    }
}

@Suite("ShipStation")
struct ShipStationTests {
    typealias Account = SimulatorBundle<ShipStationSimulator>

    private func code(_ response: SimulatedResponse) -> String? {
        response.document["errors"][0]["error_code"].string
    }

    @Test("a label is answered as the contract shows it, with an exact price and status 200")
    func label() {
        var account = Account.makeBundle()
        let answer = account.buy()
        #expect(answer.status == 200)
        let label = answer.document
        #expect(label["label_id"] == "se-799373")
        #expect(label["shipment_cost"] == ["currency": "usd", "amount": 8.45.json])
        #expect(label["charge_event"] == "on_carrier_acceptance")
        #expect(label["rma_number"] == "RMA-1")
        #expect(label["packages"][0]["tracking_number"] == label["tracking_number"])
        let link = label["label_download"]["pdf"].string ?? ""
        #expect(link.hasPrefix("http://sim.test/shipstation/v2/downloads/10/"))
        let path = String(link.dropFirst("http://sim.test/shipstation".count))
        #expect(String(decoding: account.send("GET", path).bytes, as: UTF8.self).hasPrefix("%PDF-1.4"))
        #expect(account.send("GET", path, headers: ["api-key": "no"]).status == 401)
    }

    @Test("an external id is unique in the account, also after a void")
    func uniqueness() {
        var account = Account.makeBundle()
        let id = account.buy().document["label_id"].string ?? ""
        #expect(code(account.buy()) == "identifier_conflict")
        #expect(account.send("PUT", "/v2/labels/\(id)/void").document["approved"] == true)
        let again = account.send("PUT", "/v2/labels/\(id)/void")
        #expect(again.status == 200)
        #expect(again.document["reason_code"] == "label_already_voided")
        #expect(again.applied == false)
        #expect(code(account.buy()) == "identifier_conflict")
        #expect(account.send("GET", "/v2/labels/external_shipment_id/ret-1").document["voided"] == true)
        #expect(account.send("GET", "/v2/labels/external_shipment_id/ret-2").status == 404)
    }

    @Test(
        "what a carrier does not take is refused by field",
        arguments: [
            (JSONObject([("ship_to", Account.address("ON", "M5X 1A9", country: "CA"))]), "return_label_not_supported"),
            (JSONObject([("ship_to", Account.address("CA", "9453"))]), "invalid_address"),
            (JSONObject([("service_code", "ups_teleport")]), "invalid_field_value"),
            (JSONObject([("carrier_id", "se-1")]), "invalid_identifier"),
            (JSONObject([("packages", [])]), "field_value_required"),
            (JSONObject([("packages", [["weight": ["value": 0, "unit": "pound"]]])]), "invalid_field_value"),
            (JSONObject([("packages", [["weight": ["value": 1, "unit": "stone"]]])]), "invalid_field_value"),
            (JSONObject([("colour", "blue")]), "invalid_field_value"),
            (JSONObject([("external_shipment_id", .string(String(repeating: "x", count: 51)))]), "invalid_field_value"),
        ])
    func refused(change: JSONObject, expected: String) {
        var account = Account.makeBundle()
        let answer = account.buy(shipment: change)
        #expect(answer.status == 400)
        #expect(code(answer) == expected)
        #expect(answer.document["request_id"].string != nil)
        #expect(account.state.labels.isEmpty)
    }

    @Test("a parcel that crosses a border needs a declaration, a service that goes there and an origin that is served")
    func borders() {
        var account = Account.makeBundle()
        let abroad = JSONObject([
            ("ship_from", Account.address("QC", "H2X 1X9", country: "CA")),
            ("service_code", "ups_standard_international"),
        ])
        let normal = JSONObject([("is_return_label", false)])
        #expect(code(account.buy(normal, shipment: abroad)) == "field_value_required")
        let customs: JSON = [
            "contents": "returned_goods", "non_delivery": "return_to_sender",
            "customs_items": [["description": "Robe", "quantity": 1, "value": 74.5.json, "value_currency": "USD"]],
        ]
        var declared = abroad
        declared["customs"] = customs
        #expect(account.buy(normal, shipment: declared).status == 200)
        declared["external_shipment_id"] = "ret-2"
        declared["service_code"] = "ups_ground"
        #expect(code(account.buy(normal, shipment: declared)) == "invalid_field_value")
        declared["carrier_id"] = "se-123891"
        declared["service_code"] = "usps_first_class_mail_international"
        #expect(code(account.buy(normal, shipment: declared)) == "invalid_address")
    }

    @Test("a return label is made from the outbound one with the addresses exchanged")
    func outbound() {
        var account = Account.makeBundle()
        let outbound = account.buy(JSONObject([("is_return_label", false)])).document["label_id"].string ?? ""
        let back = account.send("POST", "/v2/labels/\(outbound)/return", ["label_format": "pdf"]).document
        #expect(back["outbound_label_id"] == .string(outbound))
        #expect(back["ship_from"]["postal_code"] == "94538")
        #expect(back["rma_number"] == "RMA-1")
    }

    @Test("a rate can be bought")
    func rates() {
        var account = Account.makeBundle()
        let question: JSON = [
            "rate_options": ["carrier_ids": ["se-123890"], "is_return": true], "shipment": Account.shipment(),
        ]
        let rates = account.send("POST", "/v2/rates", question).document["rate_response"]["rates"]
        #expect(rates.array?.map { $0["service_code"] } == ["ups_ground", "ups_2nd_day_air"])
        let id = rates[1]["rate_id"].string ?? ""
        let label = account.send("POST", "/v2/labels/rates/\(id)", ["label_format": "pdf"]).document
        #expect(label["service_code"] == "ups_2nd_day_air")
        #expect(label["shipment_cost"] == rates[1]["shipping_amount"])
    }

    @Test("scans are kept in the order of their own times, and each is told")
    func scans() {
        var account = Account.makeBundle()
        let number = account.buy().document["tracking_number"].string ?? ""
        for (status, time) in [("delivered", "2026-03-06T10:00:00Z"), ("out_for_delivery", "2026-03-06T08:00:00Z")] {
            let scan: JSON = [
                "tracking_number": .string(number), "status": .string(status), "occurred_at": .string(time),
            ]
            #expect(account.control("POST", "/scan", scan).status == 201)
        }
        let tracking = account.send("GET", "/v2/tracking?carrier_code=ups&tracking_number=\(number)").document
        #expect(tracking["status_code"] == "DE")
        #expect(tracking["events"].array?.map { $0["status_detail_code"] } == ["DELIVERED", "OUT_FOR_DELIVERY"])
        #expect(account.topics == ["track", "track"])
        #expect(account.webhooks[0].headers.contains(.init(name: "X-Webhook-Token", value: "secret")))
        #expect(account.webhooks[0].retries.wait(afterAttempts: 2) == .seconds(1800))
        #expect(account.webhooks[0].retries.wait(afterAttempts: 3) == nil)
        #expect(account.control("POST", "/scan", ["tracking_number": "1", "status": "teleported"]).status == 422)
    }

    @Test("of a parcel of somebody else's label nothing is told before it is followed")
    func followed() {
        var account = Account.makeBundle()
        let scan: JSON = ["tracking_number": "1Z001985YW99744790", "status": "in_transit"]
        #expect(account.control("POST", "/scan", scan).status == 201)
        #expect(account.topics.isEmpty)
        let query = "carrier_code=ups&tracking_number=1Z001985YW99744790"
        for _ in 0..<2 { #expect(account.send("POST", "/v2/tracking/start?\(query)").status == 204) }
        #expect(account.topics.isEmpty)
        #expect(account.send("GET", "/v2/tracking?\(query)").document["status_code"] == "IT")
        #expect(account.control("POST", "/scan", scan).status == 201)
        #expect(account.topics == ["track"])
        #expect(account.send("POST", "/v2/tracking/stop?\(query)").status == 204)
        #expect(account.control("POST", "/scan", scan).status == 201)
        #expect(account.topics == ["track"])
        let unknown = account.send("POST", "/v2/tracking/start?carrier_code=owl&tracking_number=1")
        #expect(unknown.status == 400 && code(unknown) == "invalid_field_value")
    }

    @Test("a label that takes its time has no number and no document until it is made")
    func processing() throws {
        var account = Account.makeBundle()
        _ = account.control("POST", "/processing", ["delay_ms": 1000])
        let label = account.buy().document
        #expect(label["status"] == "processing")
        #expect(label["tracking_number"] == "")
        #expect(label["label_download"].isNull)
        account.perform(try #require(account.later.first))
        let made = account.send("GET", "/v2/labels/\(label["label_id"].string ?? "")").document
        #expect(made["status"] == "completed")
        #expect(made["label_download"]["pdf"].string != nil)
    }

    @Test("the account's rate is held, with the seconds to wait")
    func limits() {
        var account = Account.makeBundle(bucket: 2)
        for _ in 0..<2 { #expect(account.send("GET", "/v2/carriers").status == 200) }
        let answer = account.send("GET", "/v2/carriers")
        #expect(answer.status == 429)
        #expect(answer.header("Retry-After") == "1")
        #expect(code(answer) == "rate_limit_exceeded")
    }
}
