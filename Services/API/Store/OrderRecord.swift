import Commerce
import Contracts
import Foundation
import Postgres

/// An order as the api sees it.
struct OrderRecord: Sendable {
    var id: OrderID
    var number: String
    var status: String
    /// `{"code","message"}` as its owner wrote it.
    var statusReason: String?
    var document: CanonicalOrder
    var currency: String
    var total: String
    var sagaID: SagaID?
    var externalIDs: [String: String]
    var createdAt: Date
    var updatedAt: Date
    var shipments: [Shipment] = []
    var timeline: [Happening] = []

    struct Shipment: Sendable {
        var id: ShipmentID
        var trackingNumber: String?
        var carrier: String?
        var status: String
        var lines: [SKUQuantity]
        /// The package in other systems, by provider.
        var externalIDs: [String: String]
    }

    struct Happening: Sendable {
        var at: Date
        var type: String
        var actor: String
        var summary: String
        var externalRef: String?
    }
}

extension OrderRecord {
    init(_ row: PostgresRow) throws {
        id = OrderID(uuid: try row("id"))
        number = try row("number")
        status = try row("status")
        statusReason = try row("status_reason", as: JSONB?.self)?.text
        document = try row("document", as: JSONB.self).decode()
        currency = try row("currency")
        total = try row("total")
        sagaID = try row("saga_id", as: UUID?.self).map(SagaID.init(uuid:))
        externalIDs = try row("external_ids", as: JSONB.self).decode()
        createdAt = try row("created_at")
        updatedAt = try row("updated_at")
    }
}

extension OrderRecord.Shipment {
    init(_ row: PostgresRow) throws {
        id = ShipmentID(uuid: try row("id"))
        trackingNumber = try row("tracking_number")
        carrier = try row("carrier")
        status = try row("status")
        lines = try row("lines", as: JSONB.self).decode()
        let netsuite: String? = try row("item_fulfillment_id")
        let shopify: String? = try row("shop_fulfillment_id")
        externalIDs = ["netsuite": netsuite, "shopify": shopify].compactMapValues(\.self)
    }
}

extension OrderRecord.Happening {
    init(_ row: PostgresRow) throws {
        at = try row("at")
        type = try row("type")
        actor = try row("actor")
        summary = try row("summary")
        externalRef = try row("external_ref")
    }
}
