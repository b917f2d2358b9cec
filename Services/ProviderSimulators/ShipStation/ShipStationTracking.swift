import Foundation

/// A parcel, with its scans.
struct ShipStationTracking: Sendable {
    struct Scan: Sendable {
        var at: Date
        var code: ShipStationScanCode
        var detail: String?
        var place: JSONObject
    }

    let carrierCode: String
    let number: String
    let startedAt: Date
    /// Whether its scans are told: of a label of the account, or of a parcel that somebody asked to follow.
    var isFollowed = false
    /// Oldest first.
    var scans: [Scan] = []

    var latest: Scan? { scans.last }

    /// A label knows its parcel's state in coarser words.
    var labelStatus: String {
        switch latest?.code {
        case .delivered: "delivered"
        case .exception: "error"
        case .accepted, .inTransit, .deliveryAttempt, .collectionPoint: "in_transit"
        case .unknown, .notYetInSystem, nil: "unknown"
        }
    }

    /// Whether the carrier has had it in hand.
    var wasHandedOver: Bool {
        scans.contains { ![.unknown, .notYetInSystem].contains($0.code) }
    }

    func json() -> JSON {
        let code = latest?.code ?? .unknown
        let delivered = scans.last { $0.code == .delivered }
        return [
            "tracking_number": .string(number), "status_code": .string(code.rawValue),
            "status_description": .string(code.description), "status_detail_code": .text(latest?.detail),
            "carrier_status_code": .string(code.rawValue), "carrier_status_description": .string(code.description),
            "ship_date": .string(Timestamps.utc(startedAt)), "estimated_delivery_date": nil,
            "actual_delivery_date": .text(delivered.map { Timestamps.utc($0.at) }), "exception_description": nil,
            "events": .array(scans.reversed().map { $0.json() }),
        ]
    }
}

extension ShipStationTracking.Scan {
    fileprivate func json() -> JSON {
        var event = JSONObject([
            ("occurred_at", .string(Timestamps.utc(at))),
            ("carrier_occurred_at", .string(Timestamps.local(at, in: .gmt))),
            ("description", .string(code.description)),
        ])
        for name in ["city_locality", "state_province", "postal_code", "country_code"] {
            event[name] = place[name] ?? .null
        }
        event = event.merging(
            JSONObject([
                ("status_code", .string(code.rawValue)), ("status_description", .string(code.description)),
                ("status_detail_code", .text(detail)), ("carrier_status_code", .string(code.rawValue)),
                ("carrier_detail_code", nil), ("carrier_status_description", .string(code.description)),
                ("latitude", nil), ("longitude", nil),
            ]))
        return .object(event)
    }
}

enum ShipStationScanCode: String, Sendable, CaseIterable {
    case unknown = "UN"
    case accepted = "AC"
    case inTransit = "IT"
    case delivered = "DE"
    case exception = "EX"
    case deliveryAttempt = "AT"
    case notYetInSystem = "NY"
    case collectionPoint = "SP"

    var description: String {
        switch self {
        case .unknown: "Unknown"
        case .accepted: "Accepted"
        case .inTransit: "In Transit"
        case .delivered: "Delivered"
        case .exception: "Exception"
        case .deliveryAttempt: "Delivery Attempt"
        case .notYetInSystem: "Not Yet In System"
        case .collectionPoint: "Delivered To Collection Location"
        }
    }

    /// What a person may call a scan: ShipStation's code, or a word of the platform's own.
    static func named(_ text: String) -> (code: ShipStationScanCode, detail: String?)? {
        if let code = ShipStationScanCode(rawValue: text.uppercased()) { return (code, nil) }
        switch text.lowercased() {
        case "label_created": return (.accepted, "SHIPMENT_CREATED")
        case "accepted": return (.accepted, "PICKED_UP")
        case "in_transit": return (.inTransit, "IN_TRANSIT")
        case "out_for_delivery": return (.inTransit, "OUT_FOR_DELIVERY")
        case "delivered": return (.delivered, "DELIVERED")
        case "exception": return (.exception, "UNSPECIFIED_EXCEPTION")
        case "attempted": return (.deliveryAttempt, "ATTEMPTED_DELIVERY")
        case "returned_to_sender": return (.exception, "RETURN_TO_SENDER")
        case "unknown": return (.unknown, nil)
        default: return nil
        }
    }
}
