/// A claim under a warranty as the API gives it.
struct WarrantyModel: Decodable, Sendable {
    var id: String
    var orderID: String?
    var registrationID: String?
    var returnID: String?
    var sagaID: String?
    var status: String
    var statusReason: CodedMessage?
    var sku: String
    var quantity: Int
    var problem: String
    var description: String?
    var evidence: [Evidence]
    var coverage: Coverage
    var remedy: String?
    var finding: String?
    var repair: Repair?
    var replacement: Replacement?
    var parcel: Parcel?
    var label: ReturnModel.Label?
    var refund: ReturnModel.Refund
    var timeline: [OrderModel.Happening]

    struct Evidence: Decodable, Sendable { var url: String }

    struct Coverage: Decodable, Sendable {
        var outcome: String
        var plan: String?
        var startsOn: String?
        var endsOn: String?
        var reasons: [CodedMessage]

        enum CodingKeys: String, CodingKey {
            case outcome, plan, reasons
            case startsOn = "starts_on"
            case endsOn = "ends_on"
        }
    }

    struct Repair: Decodable, Sendable {
        var outcome: String
        var note: String?
    }

    struct Replacement: Decodable, Sendable {
        var name: String?
        var shopOrderID: String?
        var orderID: String?

        enum CodingKeys: String, CodingKey {
            case name
            case shopOrderID = "shop_order_id"
            case orderID = "order_id"
        }
    }

    struct Parcel: Decodable, Sendable {
        var trackingNumber: String
        var carrier: String?

        enum CodingKeys: String, CodingKey {
            case carrier
            case trackingNumber = "tracking_number"
        }
    }

    enum CodingKeys: String, CodingKey {
        case id, status, sku, quantity, problem, description, evidence, coverage, remedy, finding, repair, replacement
        case parcel, label, refund, timeline
        case orderID = "order_id"
        case registrationID = "registration_id"
        case returnID = "return_id"
        case sagaID = "saga_id"
        case statusReason = "status_reason"
    }
}
