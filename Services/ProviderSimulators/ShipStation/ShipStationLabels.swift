import Foundation

/// Buying, finding and voiding labels.
extension ShipStationSimulator {
    private static let members: Set<String> = [
        "is_return_label", "rma_number", "outbound_label_id", "charge_event", "label_format", "label_layout",
        "label_download_type", "test_label", "validate_address", "shipment", "display_scheme",
    ]

    static func fields(_ call: Call) throws -> StrictFields {
        guard let object = call.request.json.object ?? (call.request.body == .empty ? JSONObject() : nil) else {
            throw Refusal.shipStation(400, "invalid_field_value", "The body must be an object.")
        }
        return StrictFields(object: object, refuse: Refusal.shipStation(field:_:))
    }

    mutating func createLabel(_ call: Call) throws -> SimulatedResponse {
        let fields = try Self.fields(call)
        try fields.allow(Self.members)
        let nested = try fields.requiredNested("shipment")
        let shipment = try ShipStationShipment(nested)
        let carrier = try carrier(try nested.requiredText("carrier_id"), field: "shipment.carrier_id")
        let service = try service(try nested.requiredText("service_code"), of: carrier)
        return try buy(shipment, by: service, of: carrier, fields, call)
    }

    mutating func createLabelFromRate(_ call: Call) throws -> SimulatedResponse {
        let fields = try Self.fields(call)
        try fields.allow(Self.members.subtracting(["shipment"]))
        guard let quote = rates[call["id"]] else { throw Refusal.shipStationNotFound("Rate \(call["id"])") }
        return try buy(
            quote.shipment, by: quote.service, of: try carrier(quote.carrierID, field: "carrier_id"), fields, call,
            isReturn: quote.isReturn)
    }

    /// The way back of an outbound label: the same parcel with the addresses exchanged.
    mutating func createReturnLabel(_ call: Call) throws -> SimulatedResponse {
        let fields = try Self.fields(call)
        try fields.allow(["charge_event", "label_format", "label_layout", "label_download_type", "rma_number"])
        let outbound = try label(call["id"])
        var object = outbound.shipment
        object["external_shipment_id"] = nil
        (object["ship_from"], object["ship_to"]) = (outbound.shipment["ship_to"], outbound.shipment["ship_from"])
        let nested = StrictFields(object: object, path: "shipment.", refuse: Refusal.shipStation(field:_:))
        return try buy(
            try ShipStationShipment(nested), by: outbound.service, of: outbound.carrier, fields, call, isReturn: true,
            outboundLabelID: outbound.id)
    }

    private mutating func buy(
        _ shipment: ShipStationShipment, by service: ShipStationCarrier.Service, of carrier: ShipStationCarrier,
        _ fields: StrictFields, _ call: Call, isReturn: Bool? = nil, outboundLabelID: String? = nil
    ) throws -> SimulatedResponse {
        let isReturn = try isReturn ?? fields.flag("is_return_label") ?? false
        let outboundID = try outboundLabelID ?? fields.text("outbound_label_id")
        if let outboundID { _ = try label(outboundID) }
        let options = try ShipStationLabelOptions(fields, carrier: carrier)
        let rma = try fields.text("rma_number")
        try checkExternalID(shipment.externalID)
        try check(shipment, isReturn: isReturn, by: service, of: carrier)
        try checkAccount(carrier)
        let number = labelNumber.take()
        let label = ShipStationLabel(
            id: "se-\(number)", shipmentID: "se-\(shipmentNumber.take())", externalID: shipment.externalID,
            createdAt: call.request.now, carrier: carrier, service: service,
            trackingNumber: nextTrackingNumber(carrier), price: service.price(pounds: shipment.pounds),
            isReturn: isReturn, rmaNumber: isReturn ? rma ?? nextRMANumber() : nil, outboundLabelID: outboundID,
            isInternational: shipment.isInternational, options: options, shipment: shipment.json,
            parcels: shipment.parcels, base: "\(call.request.origin)\(call.request.prefix)",
            status: processingTime == nil ? .completed : .processing,
            downloadToken: "F91fByOB-0aJJ\(String(number * 7919, radix: 36))")
        enter(label)
        return .json(json(label))
    }

    private mutating func enter(_ label: ShipStationLabel) {
        labels[label.id] = label
        labelIDs.append(label.id)
        if let id = label.externalID { labelOfExternalID[id] = label.id }
        parcels[label.trackingNumber] = ShipStationTracking(
            carrierCode: label.carrier.code, number: label.trackingNumber, startedAt: label.createdAt, isFollowed: true)
        if let processingTime { emit(.later(after: processingTime, .complete(labelID: label.id))) }
    }

    func showLabelByExternalID(_ call: Call) throws -> SimulatedResponse {
        guard let id = labelOfExternalID[call["id"]] else {
            throw Refusal.shipStationNotFound("A label of \(call["id"])")
        }
        return .json(json(try label(id)))
    }

    func listLabels(_ call: Call) throws -> SimulatedResponse {
        let size = try Self.page(call, "page_size", default: 25, max: 200)
        let page = try Self.page(call, "page", default: 1, max: .max)
        let found = labelIDs.reversed().compactMap { labels[$0] }.filter { label in
            (call.request.query("tracking_number").map { $0 == label.trackingNumber } ?? true)
                && (call.request.query("rma_number").map { $0 == label.rmaNumber } ?? true)
                && (call.request.query("label_status").map { $0 == label.status.rawValue } ?? true)
        }
        let shown = found.dropFirst((page - 1) * size).prefix(size)
        return .json([
            "labels": .array(shown.map(json)), "total": .int(found.count), "page": .int(page),
            "pages": .int((found.count + size - 1) / size), "links": [:],
        ])
    }

    private static func page(_ call: Call, _ name: String, default value: Int, max limit: Int) throws -> Int {
        guard let text = call.request.query(name) else { return value }
        guard let number = Int(text), (1...limit).contains(number) else {
            throw Refusal.shipStation(400, "invalid_field_value", "\(name) must be at least 1.", field: name)
        }
        return number
    }

    mutating func voidLabel(_ call: Call) throws -> SimulatedResponse {
        let label = try label(call["id"])
        if label.status == .voided {
            return Self.refusedVoid("label_already_voided", "This label has already been voided.")
        }
        guard parcels[label.trackingNumber]?.wasHandedOver != true else {
            return Self.refusedVoid("label_already_used", "This label has been used and cannot be voided.")
        }
        labels[label.id]?.status = .voided
        labels[label.id]?.voidedAt = call.request.now
        return .json([
            "approved": true, "message": "Request for refund submitted. This label has been voided.",
            "reason_code": "unspecified",
        ])
    }

    /// A refusal has the status of a success.
    private static func refusedVoid(_ reason: String, _ message: String) -> SimulatedResponse {
        var answer = SimulatedResponse.json([
            "approved": false, "message": .string(message), "reason_code": .string(reason),
        ])
        answer.applied = false
        return answer
    }

    private mutating func nextTrackingNumber(_ carrier: ShipStationCarrier) -> String {
        let digits = String(trackingNumber.take())
        func padded(_ count: Int) -> String { String(repeating: "0", count: max(0, count - digits.count)) + digits }
        switch carrier.code {
        case "ups": return "1Z999AA1" + padded(10)
        case "stamps_com": return "9405511899" + padded(12)
        case "fedex": return padded(12)
        default: return "73" + padded(14)
        }
    }

    private mutating func nextRMANumber() -> String { "RMA-\(rmaNumber.take())" }
}

extension ShipStationLabelOptions {
    init(_ fields: StrictFields, carrier: ShipStationCarrier) throws {
        format = try fields.choice("label_format", of: ["pdf", "png", "zpl"]) ?? "pdf"
        layout = try fields.choice("label_layout", of: ["4x6", "letter", "A4", "A6"]) ?? "4x6"
        guard layout != "letter" || format == "pdf" else {
            throw fields.refuse("label_layout", .wrong("must be 4x6 unless the format is pdf"))
        }
        isInline = try fields.choice("label_download_type", of: ["url", "inline"]) == "inline"
        isTest = try fields.flag("test_label") ?? false
        scheme = try fields.choice("display_scheme", of: ["label", "paperless", "label_and_paperless"]) ?? "label"
        _ = try fields.choice("validate_address", of: ["no_validation", "validate_only", "validate_and_clean"])
        let events: Set = ["carrier_default", "on_creation", "on_carrier_acceptance"]
        let asked = try fields.choice("charge_event", of: events) ?? "carrier_default"
        chargeEvent = asked == "carrier_default" ? carrier.chargesOn : asked
    }
}
