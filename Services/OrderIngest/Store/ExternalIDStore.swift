import Commerce
import Foundation
import Messaging
import Postgres

/// `external_ids`: what other systems call an order.
struct ExternalIDStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// An id that another order has stays with that order.
    func add(_ externalID: String, at provider: String, to orderID: OrderID) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO external_ids (workspace_id, provider, external_id, order_id)
            VALUES (\(transaction.workspaceID.uuid), \(provider), \(externalID), \(orderID.uuid))
            ON CONFLICT DO NOTHING
            """)
    }

    func remove(_ externalID: String, at provider: String, from orderID: OrderID) async throws {
        try await transaction.database.execute(
            """
            DELETE FROM external_ids
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = \(provider)
              AND external_id = \(externalID) AND order_id = \(orderID.uuid)
            """)
    }

    func isKnown(_ externalID: String, at provider: String) async throws -> Bool {
        try await !transaction.database.query(
            """
            SELECT 1 AS known FROM external_ids
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = \(provider)
              AND external_id = \(externalID)
            """
        ).isEmpty
    }
}
