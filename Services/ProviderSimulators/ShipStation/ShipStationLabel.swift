import Foundation

/// A label that was bought.
struct ShipStationLabel: Sendable {
    enum Status: String, Sendable {
        case processing, completed, voided
    }

    let id: String
    let shipmentID: String
    let externalID: String?
    let createdAt: Date
    let carrier: ShipStationCarrier
    let service: ShipStationCarrier.Service
    let trackingNumber: String
    let price: Decimal
    let isReturn: Bool
    let rmaNumber: String?
    let outboundLabelID: String?
    let isInternational: Bool
    let options: ShipStationLabelOptions
    /// As it was asked for.
    let shipment: JSONObject
    let parcels: [JSON]
    /// Scheme, host and prefix of the links.
    let base: String
    var status = Status.completed
    var voidedAt: Date?

    /// What the link to its documents is made of; not to be guessed from the id.
    let downloadToken: String

    var documentPath: String { "downloads/10/\(downloadToken)/label-\(id.dropFirst(3))" }
}

/// How a label is to look.
struct ShipStationLabelOptions: Sendable {
    var format = "pdf"
    var layout = "4x6"
    var isInline = false
    var chargeEvent = "carrier_default"
    var isTest = false
    var scheme = "label"
}

extension ShipStationLabel {
    func json(trackingStatus: String) -> JSON {
        let isReady = status != .processing
        return [
            "label_id": .string(id), "status": .string(status.rawValue), "shipment_id": .string(shipmentID),
            "external_shipment_id": .text(externalID),
            "ship_date": .string("\(Timestamps.day(createdAt, in: .gmt))T00:00:00Z"),
            "created_at": .string(Timestamps.utc(createdAt)), "shipment_cost": amount(price),
            "insurance_cost": amount(0), "tracking_number": isReady ? .string(trackingNumber) : "",
            "tracking_status": .string(trackingStatus), "trackable": true, "is_return_label": .bool(isReturn),
            "rma_number": .text(rmaNumber), "is_international": .bool(isInternational), "batch_id": "",
            "carrier_id": .string(carrier.id), "carrier_code": .string(carrier.code),
            "service_code": .string(service.code), "package_code": parcels.first?["package_code"] ?? "package",
            "charge_event": .string(options.chargeEvent), "outbound_label_id": .text(outboundLabelID),
            "voided": .bool(status == .voided), "voided_at": .text(voidedAt.map(Timestamps.utc)),
            "label_format": .string(options.format), "display_scheme": .string(options.scheme),
            "label_layout": .string(options.layout), "label_image_id": nil,
            "label_download": isReady ? download : .null, "form_download": nil, "insurance_claim": nil,
            "paperless_download": isReady ? paperless : .null,
            "tracking_url": .string(carrier.trackingURL + trackingNumber),
            "ship_to": shipment["ship_to"] ?? .null, "ship_from": shipment["ship_from"] ?? .null,
            "packages": .array(parcels.enumerated().map(parcel)),
        ]
    }

    /// Null where the carrier gives none: it is not said how a service that has none answers.
    private var paperless: JSON {
        guard options.scheme != "label", service.isPaperless else { return .null }
        return [
            "href": .string("\(base)/downloads/10/\(downloadToken)/paperless-\(id.dropFirst(3)).pdf"),
            "instructions": "Show the code at the counter.", "handoff_code": nil,
        ]
    }

    private var download: JSON {
        let link = "\(base)/\(documentPath)"
        let data = Data(ShipStationDocument(self).text.utf8).base64EncodedString()
        return [
            "href": options.isInline ? .string("data:application/pdf;base64,\(data)") : .string("\(link).pdf"),
            "pdf": options.isInline ? .string("data:application/pdf;base64,\(data)") : .string("\(link).pdf"),
            "png": .string("\(link).png"), "zpl": .string("\(link).zpl"),
        ]
    }

    private func parcel(_ index: Int, _ json: JSON) -> JSON {
        var object = JSONObject([("package_id", .string("se-\(index + 1)"))]).merging(json.object ?? JSONObject())
        object["tracking_number"] = .string(trackingNumber)
        return .object(object)
    }

    private func amount(_ value: Decimal) -> JSON {
        ["currency": .string(carrier.currency), "amount": .double(value)]
    }
}
