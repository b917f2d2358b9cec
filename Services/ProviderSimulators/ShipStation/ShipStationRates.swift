import Foundation

/// A rate that can be bought.
struct ShipStationQuote: Sendable {
    let carrierID: String
    let service: ShipStationCarrier.Service
    let shipment: ShipStationShipment
    let isReturn: Bool
}

/// What services would cost.
extension ShipStationSimulator {
    mutating func quoteRates(_ call: Call) throws -> SimulatedResponse {
        let fields = try Self.fields(call)
        try fields.allow(["rate_options", "shipment", "shipment_id"])
        let options = try fields.requiredNested("rate_options")
        try options.allow([
            "carrier_ids", "service_codes", "package_types", "is_return", "rate_type", "preferred_currency",
            "calculate_tax_amount",
        ])
        let ids = try options.texts("carrier_ids")
        guard !ids.isEmpty else { throw fields.refuse("rate_options.carrier_ids", .missing) }
        let shipment = try ShipStationShipment(try fields.requiredNested("shipment"))
        let isReturn = try options.flag("is_return") ?? false
        let wanted = try options.texts("service_codes")
        var found: [JSON] = []
        for carrier in try ids.map({ try carrier($0, field: "rate_options.carrier_ids") }) {
            for service in carrier.services where wanted.isEmpty || wanted.contains(service.code) {
                guard (try? check(shipment, isReturn: isReturn, by: service, of: carrier)) != nil else { continue }
                found.append(quote(shipment, service, carrier, isReturn: isReturn, now: call.request.now))
            }
        }
        let shipmentID = "se-\(shipmentNumber.take())"
        return .json([
            "shipment_id": .string(shipmentID),
            "rate_response": [
                "rates": .array(found), "invalid_rates": [], "rate_request_id": .string("se-\(rateNumber.take())"),
                "shipment_id": .string(shipmentID), "created_at": .string(Timestamps.utc(call.request.now)),
                "status": "completed", "errors": [],
            ],
        ])
    }

    private mutating func quote(
        _ shipment: ShipStationShipment, _ service: ShipStationCarrier.Service, _ carrier: ShipStationCarrier,
        isReturn: Bool, now: Date
    ) -> JSON {
        let id = "se-\(rateNumber.take())"
        rates[id] = ShipStationQuote(
            carrierID: carrier.id, service: service, shipment: shipment, isReturn: isReturn)
        func amount(_ value: Decimal) -> JSON { ["currency": .string(carrier.currency), "amount": .double(value)] }
        let arrival = now.addingTimeInterval(Double(service.days) * 86_400)
        return [
            "rate_id": .string(id), "rate_type": "shipment", "carrier_id": .string(carrier.id),
            "carrier_code": .string(carrier.code), "service_code": .string(service.code),
            "service_type": .string(service.name), "shipping_amount": amount(service.price(pounds: shipment.pounds)),
            "insurance_amount": amount(0), "confirmation_amount": amount(0), "other_amount": amount(0), "zone": 8,
            "package_type": "package", "delivery_days": .int(service.days),
            "estimated_delivery_date": .string("\(Timestamps.day(arrival, in: .gmt))T00:00:00Z"),
            "guaranteed_service": false, "negotiated_rate": true, "trackable": true, "validation_status": "valid",
            "warning_messages": [], "error_messages": [], "carrier_nickname": .string(carrier.name),
            "carrier_friendly_name": .string(carrier.name),
        ]
    }
}
