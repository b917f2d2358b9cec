import Commerce
import Foundation
import Messaging
import Postgres

/// Orders as `order-ingest` shows them to the other services.
public struct OrderView: Sendable {
    let transaction: HandlerTransaction

    public init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// - Throws: a ``Refusal`` for an id that nobody has.
    public func document(of id: OrderID) async throws -> CanonicalOrder {
        let rows = try await transaction.database.query(
            "SELECT document FROM order_ingest.order_view WHERE id = \(id.uuid)")
        guard let row = rows.first else {
            throw Refusal(code: "unknown_order", message: "There is no order \(id).")
        }
        return try row("document", as: JSONB.self).decode()
    }

    /// The order's id in its shop; nil for one that has no shop, or does not exist.
    public func shopID(of id: OrderID) async throws -> String? {
        try await transaction.database.query(
            "SELECT document #>> '{external_ids,shopify}' AS shop_id FROM order_ingest.order_view WHERE id = \(id.uuid)"
        ).first.flatMap { try $0("shop_id", as: String?.self) }
    }

    /// The order that a shop's order became; nil when there is none.
    public func order(shopID: String) async throws -> OrderID? {
        try await transaction.database.query(
            """
            SELECT order_id FROM order_ingest.external_ids
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = 'shopify' AND external_id = \(shopID)
            """
        ).first.map { OrderID(uuid: try $0("order_id")) }
    }

    /// Those of the sales orders that an order has.
    public func known(salesOrders ids: [String]) async throws -> Set<String> {
        let rows = try await transaction.database.query(
            """
            SELECT external_id FROM order_ingest.external_ids
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = 'netsuite'
              AND external_id = ANY(\(ids))
            """)
        return try Set(rows.map { try $0("external_id") })
    }
}
