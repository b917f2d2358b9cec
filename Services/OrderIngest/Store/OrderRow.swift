import Commerce
import Foundation
import Messaging
import Postgres

/// A row of `orders`: the canonical order and where it stands.
struct OrderRow: Sendable {
    let id: OrderID
    var status: OrderStatus
    var reason: Refusal?
    var document: CanonicalOrder
    var hold: OrderHold?
    /// Counts the sales orders made for it: raised when one is cancelled.
    var generation = 1
    var sagaID: SagaID?
    var sagaRun = 0
    var sagaVersion = 0
    /// When its saga was asked for.
    var startedAt: Date?
    /// The shop's own time of the state that is stored.
    var shopUpdatedAt: Date?
    /// As the world outside knows it, where it was read from the database.
    private(set) var known: OrderFace?

    init(
        id: OrderID = OrderID(), status: OrderStatus = .received, document: CanonicalOrder, shopUpdatedAt: Date? = nil
    ) {
        self.id = id
        self.status = status
        self.document = document
        self.shopUpdatedAt = shopUpdatedAt
    }

    init(_ row: PostgresRow) throws {
        id = OrderID(uuid: try row("id"))
        status = try row("status")
        reason = try row("status_reason", as: JSONB?.self)?.decode()
        document = try row("document", as: JSONB.self).decode()
        hold = try row("hold", as: JSONB?.self)?.decode()
        generation = try row("generation")
        sagaID = try row("saga_id", as: UUID?.self).map(SagaID.init(uuid:))
        sagaRun = try row("saga_run")
        sagaVersion = try row("saga_version")
        startedAt = try row("started_at")
        shopUpdatedAt = try row("shop_updated_at")
        known = OrderFace(self)
    }

    /// The order's id in its shop; nil for one that has no shop.
    var shopID: String? { document.externalIDs["shopify"] }
}

extension OrderStatus: PostgresDecodable, PostgresEncodable {}
