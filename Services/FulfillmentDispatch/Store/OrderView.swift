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

    /// - Throws: a ``Refusal`` for an id that nobody has.
    func document(of id: OrderID) async throws -> CanonicalOrder {
        let rows = try await transaction.database.query(
            "SELECT document FROM order_ingest.order_view WHERE id = \(id.uuid)")
        guard let row = rows.first else {
            throw Refusal(code: "unknown_order", message: "There is no order \(id).")
        }
        return try row("document", as: JSONB.self).decode()
    }

    /// Those of the sales orders that an order has.
    func known(salesOrders ids: [String]) async throws -> Set<String> {
        let rows = try await transaction.database.query(
            """
            SELECT external_id FROM order_ingest.external_ids
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = 'netsuite'
              AND external_id = ANY(\(ids))
            """)
        return try Set(rows.map { try $0("external_id") })
    }
}
