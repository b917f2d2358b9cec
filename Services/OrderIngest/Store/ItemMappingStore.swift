import Commerce
import Foundation
import Messaging
import Postgres

/// `item_mappings`: which item of NetSuite a SKU is, as far as it was asked.
struct ItemMappingStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// The items of the SKUs; those that are not known are left out.
    func items(of skus: [String]) async throws -> [String: String] {
        let rows = try await transaction.database.query(
            """
            SELECT sku, netsuite_item_id FROM item_mappings
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND sku = ANY(\(skus))
            """)
        return try Dictionary(rows.map { (try $0("sku"), try $0("netsuite_item_id")) }) { first, _ in first }
    }

    func save(_ items: [String: String]) async throws {
        let sorted = items.sorted { $0.key < $1.key }
        try await transaction.database.execute(
            """
            INSERT INTO item_mappings (workspace_id, sku, netsuite_item_id, checked_at)
            SELECT \(transaction.workspaceID.uuid), sku, item, \(transaction.now)
            FROM unnest(\(sorted.map(\.key)), \(sorted.map(\.value))) AS u(sku, item)
            ON CONFLICT (workspace_id, sku) DO UPDATE
            SET netsuite_item_id = excluded.netsuite_item_id, checked_at = excluded.checked_at
            """)
    }
}
