import Commerce
import Testing

@Suite("Tracking states of carriers")
struct TrackingStateTests {
    static let rows: [(TrackingSource, String, String?, ShipmentStatus)] = [
        (.easyPost, "pre_transit", nil, .labelCreated), (.easyPost, "available_for_pickup", nil, .inTransit),
        (.easyPost, "failure", nil, .exception), (.easyPost, "cancelled", nil, .exception),
        (.easyPost, "canceled", nil, .exception), (.easyPost, "return_to_sender", nil, .returnedToSender),
        (.shippo, "PRE_TRANSIT", nil, .labelCreated), (.shippo, "TRANSIT", nil, .inTransit),
        (.shippo, "TRANSIT", "package_departed", .inTransit), (.shippo, "TRANSIT", "out_for_delivery", .outForDelivery),
        (.shippo, "RETURNED", nil, .returnedToSender), (.shippo, "UNKNOWN", nil, .unknown),
        (.afterShip, "InfoReceived", "InfoReceived_001", .labelCreated), (.afterShip, "AttemptFail", nil, .exception),
        (.afterShip, "Exception", "Exception_001", .exception),
        (.afterShip, "Exception", "Exception_010", .returnedToSender),
        (.afterShip, "Exception", "return_to_sender", .returnedToSender), (.afterShip, "Pending", nil, .unknown),
        (.shipEngine, "NY", nil, .labelCreated), (.shipEngine, "AC", "SHIPMENT_CREATED", .labelCreated),
        (.shipEngine, "AC", "PICKED_UP", .inTransit), (.shipEngine, "IT", "OUT_FOR_DELIVERY", .outForDelivery),
        (.shipEngine, "DE", "DELIVERED_TO_NEIGHBOUR", .delivered), (.shipEngine, "EX", "PARCEL_LOST", .exception),
        (.shipEngine, "EX", "RETURN_TO_SENDER", .returnedToSender), (.shipEngine, "UN", nil, .unknown),
        (.shopify, "label_printed", nil, .labelCreated), (.shopify, "attempted_delivery", nil, .exception),
        (.shopify, "out_for_delivery", nil, .outForDelivery), (.shopify, "delivered", nil, .delivered),
    ]

    @Test("are translated as the carriers' page says", arguments: rows)
    func table(source: TrackingSource, status: String, detail: String?, expected: ShipmentStatus) {
        #expect(TrackingState(source: source, status: status, detail: detail)?.status == expected)
    }

    @Test("a status that nobody knows changes nothing", arguments: TrackingSource.allCases)
    func unmapped(source: TrackingSource) {
        #expect(TrackingState(source: source, status: "teleported") == nil)
        #expect(TrackingState(source: source, status: nil)?.status == .unknown)
    }

    @Test("remarks of the carrier are kept beside the status")
    func flags() {
        #expect(TrackingState(source: .shipEngine, status: "DE", detail: "DELIVERED_DAMAGED")?.flags == [.damaged])
        #expect(TrackingState(source: .shipEngine, status: "SP")?.flags == [.pickupAvailable])
        #expect(TrackingState(source: .easyPost, status: "in_transit")?.flags == [])
    }

    @Test(
        "a package can be followed on its carrier's page",
        arguments: [
            ("UPS", "1Z999AA10123456784", "https://www.ups.com/track?tracknum=1Z999AA10123456784"),
            ("UPS Ground", "1Z 99", "https://www.ups.com/track?tracknum=1Z99"),
            ("FedEx Home Delivery", "1234", "https://www.fedex.com/fedextrack/?trknbr=1234"),
            ("USPS Priority", "94&x", "https://tools.usps.com/go/TrackConfirmAction?tLabels=94%26x"),
            ("Canada Post", "7", "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor=7"),
            ("DHL Express", "1234567890", nil), ("Pigeon", "1", nil), ("UPS", " ", nil),
        ] as [(String, String, String?)])
    func links(carrier: String, number: String, url: String?) {
        #expect(TrackingLink(carrierName: carrier, number: number)?.url == url)
    }
}
