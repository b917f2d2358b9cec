/// `errors`, as every refusal of ShipStation holds; `request_id` is put in at the door.
extension Refusal {
    static func shipStation(
        _ status: Int, _ code: String, _ message: String, type: String = "validation", source: String = "shipengine",
        field: String? = nil, carrier: ShipStationCarrier? = nil
    ) -> Refusal {
        let error: JSON = [
            "error_source": .string(source), "error_type": .string(type), "error_code": .string(code),
            "message": .string(message), "field_name": .text(field), "carrier_id": .text(carrier?.id),
            "carrier_code": .text(carrier?.code),
        ]
        return Refusal(response: .json(["errors": [error]], status: status))
    }

    static func shipStationNotFound(_ what: String) -> Refusal {
        shipStation(404, "not_found", "\(what) was not found.")
    }

    /// A field that is missing, unknown or wrong.
    @Sendable static func shipStation(field: String, _ problem: StrictFields.Problem) -> Refusal {
        switch problem {
        case .missing: shipStation(400, "field_value_required", "\(short(field)) is required.", field: field)
        case .unknown:
            shipStation(400, "invalid_field_value", "\(field) is not a field of this request.", field: field)
        case .wrong(let rule): shipStation(400, "invalid_field_value", "\(short(field)) \(rule).", field: field)
        }
    }

    /// The words leave the outermost object out: `ship_to.phone is required.`
    private static func short(_ field: String) -> String {
        field.hasPrefix("shipment.") ? String(field.dropFirst("shipment.".count)) : field
    }
}
