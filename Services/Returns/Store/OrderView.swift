import Commerce
import Foundation
import Messaging
import Postgres

/// Orders as `order-ingest` shows them.
struct OrderView: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// The order's id in its shop; nil for one that has no shop, or does not exist.
    func shopID(of id: OrderID) async throws -> String? {
        try await transaction.database.query(
            "SELECT document #>> '{external_ids,shopify}' AS shop_id FROM order_ingest.order_view WHERE id = \(id.uuid)"
        ).first.flatMap { try $0("shop_id", as: String?.self) }
    }

    /// The order that a shop's order became; nil when there is none.
    func order(shopID: String) async throws -> OrderID? {
        try await transaction.database.query(
            """
            SELECT order_id FROM order_ingest.external_ids
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = 'shopify' AND external_id = \(shopID)
            """
        ).first.map { OrderID(uuid: try $0("order_id")) }
    }
}
