/// An order as the API gives it (the schema `Order`).
struct OrderModel: Decodable, Sendable {
    var id: String
    var number: String
    var status: String
    var statusReason: CodedMessage?
    var externalIDs: [String: String]
    var currency: String
    var total: String
    /// What the customer paid in another currency; nil where it was in the shop's.
    var presentment: Presentment?
    var customer: Customer
    var lines: [Line]
    var shipments: [Shipment]
    var sagaID: String?
    var timeline: [Happening]

    struct Presentment: Decodable, Sendable {
        var currency: String
        var total: String
    }

    struct Customer: Decodable, Sendable {
        var email: String?
        var name: String?
    }

    struct Line: Decodable, Sendable {
        var sku: String
        var quantity: Int
        var shipped: Int
        var unitPrice: String

        enum CodingKeys: String, CodingKey {
            case sku, quantity, shipped
            case unitPrice = "unit_price"
        }
    }

    struct Shipment: Decodable, Sendable {
        var id: String
        var trackingNumber: String?
        var carrier: String?
        var status: String
        var lines: [SKULine]
        var externalIDs: [String: String]

        enum CodingKeys: String, CodingKey {
            case id, carrier, status, lines
            case trackingNumber = "tracking_number"
            case externalIDs = "external_ids"
        }
    }

    struct SKULine: Codable, Sendable, Equatable {
        var sku: String
        var quantity: Int
    }

    struct Happening: Decodable, Sendable {
        var at: String
        var type: String
        var actor: String
        var summary: String
    }

    enum CodingKeys: String, CodingKey {
        case id, number, status, currency, total, presentment, customer, lines, shipments, timeline
        case statusReason = "status_reason"
        case externalIDs = "external_ids"
        case sagaID = "saga_id"
    }
}

/// Why something is as it is.
struct CodedMessage: Decodable, Sendable {
    var code: String
    var message: String
}
