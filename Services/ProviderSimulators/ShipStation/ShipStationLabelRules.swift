import Foundation

/// What a carrier takes, and in which words it says no.
extension ShipStationSimulator {
    func carrier(_ id: String, field: String) throws -> ShipStationCarrier {
        guard let carrier = carriers.first(where: { $0.id == id }) else {
            throw Refusal.shipStation(
                400, "invalid_identifier", "carrier_id \(id) is not one of this account.", type: "business_rules",
                field: field)
        }
        return carrier
    }

    func service(_ code: String, of carrier: ShipStationCarrier) throws -> ShipStationCarrier.Service {
        guard let service = carrier.services.first(where: { $0.code == code }) else {
            throw Refusal.shipStation(
                400, "invalid_field_value", "\(code) is not a service of \(carrier.name).", type: "business_rules",
                field: "shipment.service_code", carrier: carrier)
        }
        return service
    }

    /// Checks whether the service carries the shipment.
    func check(
        _ shipment: ShipStationShipment, isReturn: Bool, by service: ShipStationCarrier.Service,
        of carrier: ShipStationCarrier
    ) throws {
        func refuse(_ code: String, _ message: String, field: String? = nil, source: String = "carrier") -> Refusal {
            Refusal.shipStation(
                400, code, message, type: "business_rules", source: source, field: field, carrier: carrier)
        }
        if isReturn {
            guard !shipment.isInternational, service.supportsReturns else {
                throw refuse(
                    "return_label_not_supported", "\(service.name) does not make this return label.",
                    source: "shipengine")
            }
            guard shipment.parcels.count == 1 else {
                throw refuse("return_label_not_supported", "A return label is for one package.")
            }
        }
        guard carrier.origins.contains(shipment.origin) else {
            throw refuse("invalid_address", "\(carrier.name) does not pick up in \(shipment.origin).")
        }
        guard service.isInternational == shipment.isInternational else {
            throw refuse(
                "invalid_field_value",
                "\(service.name) does not go from \(shipment.origin) to \(shipment.destination).",
                field: "shipment.service_code")
        }
        if shipment.isInternational, !shipment.hasCustoms {
            throw refuse(
                "field_value_required", "customs.customs_items is required.", field: "shipment.customs.customs_items",
                source: "shipengine")
        }
        if carrier.needsPhone, (shipment.shipToPhone ?? "").isEmpty {
            throw refuse(
                "field_value_required", "ship_to.phone is required.", field: "shipment.ship_to.phone",
                source: "shipengine")
        }
        guard shipment.parcels.count == 1 || service.supportsMultiple else {
            throw refuse("invalid_field_value", "\(service.name) takes one package.", field: "shipment.packages")
        }
    }

    /// What was set by hand to go wrong at the carrier.
    func checkAccount(_ carrier: ShipStationCarrier) throws {
        switch carrier.refusal {
        case nil: return
        case "insufficient_funds":
            throw Refusal.shipStation(
                400, "insufficient_funds", "The balance of \(carrier.name) is too low.", type: "account_status",
                source: "carrier", carrier: carrier)
        case "carrier_disconnected":
            throw Refusal.shipStation(
                400, "carrier_disconnected", "\(carrier.name) is not connected.", type: "account_status",
                source: "carrier", carrier: carrier)
        default:
            throw Refusal.shipStation(
                400, "unknown", "\(carrier.name) did not answer.", type: "integrations", source: "carrier",
                carrier: carrier)
        }
    }

    func checkExternalID(_ id: String?) throws {
        guard let id, labelOfExternalID[id] != nil else { return }
        throw Refusal.shipStation(
            400, "identifier_conflict", "external_shipment_id \(id) is already in use.", type: "business_rules",
            field: "shipment.external_shipment_id")
    }
}
