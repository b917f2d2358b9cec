/// A return as the API gives it (the schema `Return`).
struct ReturnModel: Decodable, Sendable {
    var id: String
    var orderID: String
    var ticketID: String?
    var sagaID: String?
    var status: String
    var statusReason: CodedMessage?
    var resolution: String
    var lines: [Line]
    /// Nil from an API of before.
    var declined: [Declined]?
    var extras: [OrderModel.SKULine]
    /// Nil from an API of before.
    var inspections: [Inspection]?
    var label: Label?
    var decision: Decision
    var refund: Refund
    var externalIDs: [String: String]
    var timeline: [OrderModel.Happening]

    struct Line: Decodable, Sendable {
        var sku: String
        var quantity: Int
        var received: Int
        var reason: String?
        var grade: String?
        var matched: Bool?
        /// Nil from an API of before.
        var evidence: [Evidence]?
        var lineID: String?
        var units: [Unit]?

        enum CodingKeys: String, CodingKey {
            case sku, quantity, received, reason, grade, matched, evidence, units
            case lineID = "line_id"
        }
    }

    /// What a person did not accept when they approved the rest.
    struct Declined: Decodable, Sendable {
        var sku: String
        var quantity: Int
        var message: String?
    }

    struct Unit: Decodable, Sendable {
        /// `open` while somebody has yet to answer the policy's checklist.
        var checklist: String?
    }

    struct Inspection: Decodable, Sendable {
        var at: String
        var actor: String
        var lineID: String
        var units: [Int]
        var grade: String?
        var matched: Bool?
        var checklist: [Item]
        var photos: [String]

        struct Item: Decodable, Sendable {
            var id: String
            var text: String
            var passed: Bool
            var note: String?
        }

        enum CodingKeys: String, CodingKey {
            case at, actor, units, grade, matched, checklist, photos
            case lineID = "line_id"
        }
    }

    struct Evidence: Decodable, Sendable {
        var url: String
        var note: String?
    }

    struct Label: Decodable, Sendable {
        var carrier: String
        var service: String
        var trackingNumber: String
        var country: String
        var voided: Bool
        /// Nil where no code in its place was asked for, and from an API of before.
        var paperless: Paperless?

        struct Paperless: Decodable, Sendable {
            var code: String?
            var missing: String?
        }

        enum CodingKeys: String, CodingKey {
            case carrier, service, country, voided, paperless
            case trackingNumber = "tracking_number"
        }
    }

    struct Decision: Decodable, Sendable {
        var outcome: String
        var rule: String
        var reasons: [Reason]

        struct Reason: Decodable, Sendable { var message: String }
    }

    struct Refund: Decodable, Sendable {
        var id: String?
        var status: String
        var amount: String?
        /// On top of store credit; nil from an API of before, too.
        var bonus: String?
        var currency: String?
        var error: CodedMessage?
    }

    enum CodingKeys: String, CodingKey {
        case id, status, resolution, lines, declined, extras, inspections, label, decision, refund, timeline
        case orderID = "order_id"
        case ticketID = "ticket_id"
        case sagaID = "saga_id"
        case statusReason = "status_reason"
        case externalIDs = "external_ids"
    }
}
