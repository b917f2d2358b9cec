import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Labels for parcels that come back")
struct ReturnLabelTests {
    private func draft(
        _ parcel: ShipStationReturn, routes: String = shipStationRoutes
    ) throws -> ShipStationLabelDraft {
        try ShipStationLabelDraft(parcel, settings: shipStationSettings(routes: routes))
    }

    @Test("the customer's country decides: a Canadian customer never gets a US label")
    func byCountry() throws {
        let american = try draft(try returnParcel())
        #expect(american.shipment.shipTo.countryCode == "US")
        #expect(american.shipment.carrierID == "se-123891")
        #expect(american.isReturn)
        let canadian = try draft(try returnParcel(from: lucInMontreal))
        #expect(canadian.shipment.shipTo.countryCode == "CA")
        #expect(canadian.shipment.carrierID == "se-123893")
        #expect(canadian.isReturn)
        #expect(canadian.shipment.customs == nil)
    }

    @Test("across a border it is a normal label with a declaration")
    func acrossTheBorder() throws {
        let draft = try draft(try returnParcel(from: lucInMontreal), routes: shipStationCustomsRoutes)
        #expect(!draft.isReturn)
        let body = try json(
            String(
                decoding: ProviderJSON.encode(ShipStationLabelRequest(draft, settings: shipStationSettings())),
                as: UTF8.self))
        #expect(body["is_return_label"] == false)
        #expect(body["rma_number"] == nil)
        #expect(
            body["shipment"]?["customs"]
                == [
                    "contents": "returned_goods", "non_delivery": "return_to_sender",
                    "customs_items": [
                        [
                            "description": "Silk robe", "quantity": 1, "value": try json("74.50"),
                            "value_currency": "USD", "harmonized_tariff_code": "6208.92", "country_of_origin": "US",
                            "sku": "MIE-ROBE-S",
                        ]
                    ],
                ])
    }

    @Test("a code in the place of paper is asked for beside the label where the route says so, and read where it is")
    func paperless() throws {
        func body(_ routes: String) throws -> JSONValue {
            let settings = try shipStationSettings(routes: routes)
            let request = ShipStationLabelRequest(
                try ShipStationLabelDraft(returnParcel(), settings: settings), settings: settings)
            return try json(String(decoding: ProviderJSON.encode(request), as: UTF8.self))
        }
        let asking = shipStationRoutes.replacing(
            #""carrier_id":"se-123891""#, with: #""paperless":true,"carrier_id":"se-123891""#)
        #expect(try body(asking)["display_scheme"] == "label_and_paperless")
        #expect(try body(shipStationRoutes)["display_scheme"] == nil)
        func label(_ given: String) throws -> ShipStationPaperless? {
            let text = shipStationLabelJSON().replacing(#""voided""#, with: #""paperless_download":\#(given),"voided""#)
            return try ProviderJSON.decode(ShipStationLabel.self, from: Array(text.utf8)).paperless
        }
        let given = try label(#"{"href":"http://127.0.0.1:9/c","instructions":"Show it.","handoff_code":null}"#)
        #expect(given?.url == "http://127.0.0.1:9/c" && given?.instructions == "Show it." && given?.handoffCode == nil)
        #expect(try label("null") == nil)
        #expect(try label(#"{"href":"","instructions":null,"handoff_code":null}"#) == nil)
    }

    @Test("a code is a picture or a page, and no page that says sorry")
    func paperlessFile() {
        #expect(ShipStationFile([0x89, 0x50, 0x4E, 0x47, 0x0D])?.contentType == "image/png")
        #expect(ShipStationFile(Array("%PDF-1.4".utf8))?.suffix == ".pdf")
        #expect(ShipStationFile(Array("<html>".utf8)) == nil)
    }

    @Test("what the settings or the address lack is refused by name")
    func lacking() throws {
        var nameless = lucInMontreal
        nameless.postalCode = ""
        var french = lucInMontreal
        french.countryCode = "FR"
        let cases: [(ShipStationReturn, String)] = [
            (try returnParcel(from: nameless), "invalid_address"),
            (try returnParcel(from: french), "no_return_route"),
            (try returnParcel(weight: nil), "no_weight"),
        ]
        for (parcel, code) in cases {
            #expect(throws: ProviderFailure.self) { try draft(parcel) }
            do {
                _ = try draft(parcel)
            } catch let failure as ProviderFailure {
                #expect(failure.code == code)
            }
        }
    }

    @Test("a default weight stands in for one that nobody knows")
    func defaultWeight() throws {
        let settings = try shipStationSettings(routes: shipStationRoutes, #","default_weight_grams":"450""#)
        let draft = try ShipStationLabelDraft(returnParcel(weight: nil), settings: settings)
        #expect(draft.shipment.parcels.map(\.weight) == [.grams(450)])
    }

    @Test("routes that cannot work are refused when they are set")
    func badRoutes() throws {
        let cases = [
            (
                shipStationCustomsRoutes.replacing("customs_label", with: "return_label"),
                "shipstation: return_routes of CA cross a border, for which there are no return labels: "
                    + "set strategy customs_label"
            ),
            (
                shipStationRoutes.replacing(#""postal_code":"94538""#, with: #""postal_code":"""#),
                "shipstation: return_routes of US lack return_address.postal_code"
            ),
            (
                shipStationCustomsRoutes.replacing(#""CA":{"strategy""#, with: #""Canada":{"strategy""#),
                "shipstation: return_routes must be named by ISO countries such as US and CA"
            ),
            (
                #"{"US":{}}"#,
                "shipstation: return_routes must be an object of routes with carrier_id, service_code and "
                    + "return_address"
            ),
        ]
        for (routes, expected) in cases {
            let error = try #require(
                #expect(throws: ProviderSettingsProblem.self) { try shipStationSettings(routes: routes) })
            #expect(error.description == expected)
        }
    }

    @Test("routes may come as a text, as a command line gives them")
    func routesAsText() throws {
        let text = String(decoding: try ProviderJSON.encode(shipStationRoutes), as: UTF8.self)
        #expect(try shipStationSettings(routes: text) == shipStationSettings())
    }
}
