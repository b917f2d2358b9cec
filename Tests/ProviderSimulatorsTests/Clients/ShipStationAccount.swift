import Commerce
import Foundation
import HTTPTransport
import Providers

/// A client of the simulated ShipStation account, with the routes of a workspace.
struct ShipStationAccount {
    let http: SimulatedHTTP
    let client: ShipStationClient
    private let settings: Providers.ShipStationSettings

    static let american = ShipStationAddress(
        name: "Ana Ruiz", phone: "+15024592181", addressLine1: "92 Chestnut St", cityLocality: "Louisville",
        stateProvince: "KY", postalCode: "40202", countryCode: "US")
    static let canadian = ShipStationAddress(
        name: "Luc Roy", addressLine1: "1 Rue Sherbrooke", cityLocality: "Montreal", stateProvince: "QC",
        postalCode: "H2X 1X9", countryCode: "CA")

    private static let fremont =
        #"{"name":"Mienne Returns","phone":"+15105551212","address_line1":"48641 Milmont Dr","#
        + #""city_locality":"Fremont","state_province":"CA","postal_code":"94538","country_code":"US"}"#
    private static let toronto =
        #"{"name":"Mienne Canada","address_line1":"100 King St W","city_locality":"Toronto","#
        + #""state_province":"ON","postal_code":"M5X 1A9","country_code":"CA"}"#
    static let domestic =
        #"{"US":{"carrier_id":"se-123891","service_code":"usps_ground_advantage","return_address":\#(fremont)},"#
        + #""CA":{"carrier_id":"se-123893","service_code":"canada_post_expedited_parcel","return_address":\#(toronto)}}"#
    static let crossing =
        #"{"CA":{"strategy":"customs_label","carrier_id":"se-123890","service_code":"ups_standard_international","#
        + #""return_address":\#(fremont)}}"#

    init(_ http: SimulatedHTTP, route: String = domestic) throws {
        self.http = http
        settings = try .decode(
            Array(
                """
                {"base_url":"\(SimulatedHTTP.origin)/shipstation/v2","api_key":"shipstation-key",
                 "webhook_tokens":"secret","return_routes":\(route)}
                """.utf8))
        client = ShipStationClient(settings: settings, http: http, gate: OpenGate())
    }

    var verifier: ShipStationWebhookVerifier { ShipStationWebhookVerifier(settings: settings) }

    func draft(_ id: String, from customer: ShipStationAddress) throws -> ShipStationLabelDraft {
        guard let usd = Currency(code: "USD") else { throw MoneyError.notDecimal }
        let robe = ShipStationCustoms.Item(
            description: "Silk robe", quantity: 1, value: Money(minorUnits: 7450, currency: usd), sku: "MIE-ROBE-S")
        let parcel = ShipStationReturn(
            externalID: id, rmaNumber: id, customer: customer, weight: ShipStationWeight("1.2", .pound), items: [robe])
        return try ShipStationLabelDraft(parcel, settings: settings)
    }

    @discardableResult
    func buy(_ id: String, from customer: ShipStationAddress = american) async throws -> ShipStationPurchase {
        try await client.buy(try draft(id, from: customer))
    }

    /// Plans that the next answer to such a request is lost.
    func lose(_ method: String, _ path: String, _ mode: String) async throws {
        try await http.control(
            "POST", "faults",
            """
            {"provider":"shipstation","method":"\(method)","path":"\(path)","mode":"\(mode)","delay_ms":5}
            """)
    }

    /// The external ids of all labels.
    func labels() async throws -> [String] {
        let state = try await http.control("GET", "shipstation/state")
        return try JSONDecoder().decode(State.self, from: Data(state)).labels.compactMap(\.externalID)
    }

    private struct State: Decodable {
        struct Label: Decodable {
            let externalID: String?

            private enum CodingKeys: String, CodingKey { case externalID = "external_shipment_id" }
        }

        let labels: [Label]
    }
}
