import Commerce

@testable import Providers

private let warehouse =
    #"{"name":"Mienne Returns","phone":"+15105551212","address_line1":"48641 Milmont Dr","city_locality":"Fremont","#
    + #""state_province":"CA","postal_code":"94538","country_code":"US"}"#
private let depot =
    #"{"name":"Mienne Canada","phone":"+14165550100","address_line1":"100 King St W","city_locality":"Toronto","#
    + #""state_province":"ON","postal_code":"M5X 1A9","country_code":"CA"}"#

let shipStationRoutes =
    #"{"US":{"carrier_id":"se-123891","service_code":"usps_ground_advantage","return_address":\#(warehouse)},"#
    + #""CA":{"carrier_id":"se-123893","service_code":"canada_post_expedited_parcel","return_address":\#(depot)}}"#

let shipStationCustomsRoutes =
    #"{"CA":{"strategy":"customs_label","carrier_id":"se-123890","service_code":"ups_standard_international","#
    + #""return_address":\#(warehouse)}}"#

func shipStationSettings(routes: String = shipStationRoutes, _ extra: String = "") throws -> ShipStationSettings {
    try ShipStationSettings.decode(
        bytes(
            """
            {"base_url":"http://127.0.0.1:9/shipstation/v2","api_key":"ss_key","webhook_tokens":"token-a,token-b",
             "return_routes":\(routes)\(extra)}
            """))
}

func shipStation(_ http: ScriptedHTTPClient, _ extra: String = "") throws -> ShipStationClient {
    ShipStationClient(settings: try shipStationSettings(extra), http: http, gate: OpenGate())
}

private func shipStationSettings(_ extra: String) throws -> ShipStationSettings {
    try shipStationSettings(routes: shipStationRoutes, extra)
}

let anaInLouisville = ShipStationAddress(
    name: "Ana Ruiz", phone: "+15024592181", addressLine1: "92 Chestnut St", cityLocality: "Louisville",
    stateProvince: "KY", postalCode: "40202", countryCode: "US", residential: "yes")

let lucInMontreal = ShipStationAddress(
    name: "Luc Roy", phone: "+15145550111", addressLine1: "1 Rue Sherbrooke", cityLocality: "Montreal",
    stateProvince: "QC", postalCode: "H2X 1X9", countryCode: "CA")

func returnParcel(
    from customer: ShipStationAddress = anaInLouisville, weight: ShipStationWeight? = ShipStationWeight("1.2", .pound)
) throws -> ShipStationReturn {
    let value = try Money(decimal: "74.50", currency: usd())
    return ShipStationReturn(
        externalID: "ret-01HV7Z-1", rmaNumber: "RMA-01HV7Z", customer: customer, weight: weight,
        items: [
            .init(
                description: "Silk robe", quantity: 1, value: value, sku: "MIE-ROBE-S",
                harmonizedTariffCode: "6208.92", countryOfOrigin: "US")
        ])
}

func usd() throws -> Currency {
    guard let currency = Currency(code: "USD") else { throw NothingFailed() }
    return currency
}

func shipStationLabelJSON(status: String = "completed", voided: Bool = false) -> String {
    """
    {"label_id":"se-799373","status":"\(status)","shipment_id":"se-144794216","external_shipment_id":"ret-01HV7Z-1",
     "created_at":"2026-03-04T10:16:02.112Z","shipment_cost":{"currency":"usd","amount":8.47},
     "tracking_number":"9405511899000010000001","is_return_label":true,"rma_number":"RMA-01HV7Z",
     "carrier_id":"se-123891","carrier_code":"stamps_com","service_code":"usps_ground_advantage",
     "voided":\(voided),"label_download":{"href":"http://127.0.0.1:9/a.pdf","pdf":"http://127.0.0.1:9/b.pdf"},
     "tracking_url":"https://tools.usps.com/x"}
    """
}

func shipStationError(
    _ status: Int, _ code: String, source: String = "shipengine", type: String = "validation", _ text: String = "words"
) -> ScriptedHTTPClient.Step {
    .answer(
        status,
        """
        {"request_id":"7b80b28f","errors":[{"error_source":"\(source)","error_type":"\(type)",
         "error_code":"\(code)","message":"\(text)"}]}
        """)
}
