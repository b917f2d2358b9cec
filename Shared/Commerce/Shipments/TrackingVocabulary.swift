/// What one source's words mean, as data. All words are in lower case.
struct TrackingVocabulary: Sendable {
    /// By status.
    let plain: [String: ShipmentStatus]
    /// By status and detail; wins over the status alone.
    var refined: [String: [String: ShipmentStatus]] = [:]
    /// By status or detail.
    var flags: [String: TrackingFlag] = [:]

    func flags(status: String, detail: String?) -> Set<TrackingFlag> {
        Set([status, detail].compactMap { word in word.flatMap { flags[$0] } })
    }

    static func of(_ source: TrackingSource) -> TrackingVocabulary {
        switch source {
        case .easyPost: easyPost
        case .shippo: shippo
        case .afterShip: afterShip
        case .shipEngine: shipEngine
        case .shopify: shopify
        }
    }
}

extension TrackingVocabulary {
    private static let easyPost = TrackingVocabulary(
        plain: [
            "pre_transit": .labelCreated,
            "in_transit": .inTransit,
            "available_for_pickup": .inTransit,
            "out_for_delivery": .outForDelivery,
            "delivered": .delivered,
            "failure": .exception,
            "error": .exception,
            "cancelled": .exception,
            // WHY: one of its enums spells it this way.
            "canceled": .exception,
            "return_to_sender": .returnedToSender,
            "unknown": .unknown,
        ],
        flags: ["available_for_pickup": .pickupAvailable])

    private static let shippo = TrackingVocabulary(
        plain: [
            "pre_transit": .labelCreated,
            "transit": .inTransit,
            "delivered": .delivered,
            "failure": .exception,
            "returned": .returnedToSender,
            "unknown": .unknown,
        ],
        refined: ["transit": ["out_for_delivery": .outForDelivery]])

    private static let afterShip = TrackingVocabulary(
        plain: [
            "pending": .unknown,
            "inforeceived": .labelCreated,
            "intransit": .inTransit,
            "availableforpickup": .inTransit,
            "outfordelivery": .outForDelivery,
            "delivered": .delivered,
            "exception": .exception,
            "attemptfail": .exception,
            "expired": .exception,
        ],
        refined: [
            "exception": [
                "exception_010": .returnedToSender,
                "exception_011": .returnedToSender,
                "return_to_sender": .returnedToSender,
            ]
        ],
        flags: ["availableforpickup": .pickupAvailable])

    private static let shopify = TrackingVocabulary(
        plain: [
            "label_purchased": .labelCreated,
            "label_printed": .labelCreated,
            "confirmed": .labelCreated,
            "in_transit": .inTransit,
            "ready_for_pickup": .inTransit,
            "out_for_delivery": .outForDelivery,
            "delivered": .delivered,
            "attempted_delivery": .exception,
            "failure": .exception,
        ],
        flags: ["ready_for_pickup": .pickupAvailable])

    private static let shipEngine = TrackingVocabulary(
        plain: [
            "ny": .labelCreated,
            "ac": .inTransit,
            "it": .inTransit,
            "sp": .inTransit,
            "de": .delivered,
            "ex": .exception,
            "at": .exception,
            "un": .unknown,
        ],
        refined: [
            "ac": [
                "shipment_created": .labelCreated,
                "elec_advice_recd_by_carrier": .labelCreated,
                "awaiting_pickup_drop_off": .labelCreated,
            ],
            "it": ["out_for_delivery": .outForDelivery],
            "ex": [
                "return_to_sender": .returnedToSender,
                "undeliverable_returned_to_sender": .returnedToSender,
            ],
        ],
        flags: [
            "sp": .pickupAvailable,
            "delivered_damaged": .damaged,
            "delivered_in_part": .partial,
        ])
}
