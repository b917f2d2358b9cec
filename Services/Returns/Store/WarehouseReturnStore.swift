import Commerce
import Foundation
import Messaging
import Postgres

/// `warehouse_looks` and `warehouse_returns`: how far the warehouse's returns have been read, and what it told of them.
struct WarehouseReturnStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    private var workspace: UUID { transaction.workspaceID.uuid }

    /// Where the next look begins; nil before the first.
    func look() async throws -> WarehouseLook? {
        try await transaction.database.query(
            "SELECT since, page, latest FROM warehouse_looks WHERE workspace_id = \(workspace)"
        ).first.map { WarehouseLook(since: try $0("since"), page: try $0("page"), latest: try $0("latest")) }
    }

    func save(_ look: WarehouseLook) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO warehouse_looks (workspace_id, since, page, latest)
            VALUES (\(workspace), \(look.since), \(look.page), \(look.latest))
            ON CONFLICT (workspace_id) DO UPDATE
            SET since = excluded.since, page = excluded.page, latest = excluded.latest
            """)
    }

    /// Our returns among those with these numbers, by number; also those whose goods a person found them to be.
    func known(_ numbers: [String]) async throws -> [String: ReturnID] {
        let rows = try await transaction.database.query(
            """
            SELECT id, external_ids ->> 'dcl' AS number, 1 AS rank FROM returns
            WHERE workspace_id = \(workspace) AND external_ids ? 'dcl' AND external_ids ->> 'dcl' = ANY(\(numbers))
            UNION ALL
            SELECT return_id, number, 2 FROM blind_receipts
            WHERE workspace_id = \(workspace) AND number = ANY(\(numbers)) AND return_id IS NOT NULL
            ORDER BY rank
            """)
        return try Dictionary(rows.map { (try $0("number"), ReturnID(uuid: try $0("id"))) }) { first, _ in first }
    }

    /// What was last taken in of each, by number.
    func told(_ numbers: [String]) async throws -> [String: [WarehouseReceipt]] {
        let rows = try await transaction.database.query(
            """
            SELECT number, receipts FROM warehouse_returns
            WHERE workspace_id = \(workspace) AND number = ANY(\(numbers))
            """)
        let told = try rows.map { row -> (String, [WarehouseReceipt]) in
            (try row("number"), try row("receipts", as: JSONB.self).decode())
        }
        return Dictionary(told) { first, _ in first }
    }

    /// - Returns: whether it is another than was taken in before.
    func take(_ receipts: [WarehouseReceipt], of number: String) async throws -> Bool {
        try await transaction.database.execute(
            """
            INSERT INTO warehouse_returns (workspace_id, number, receipts, told_at)
            VALUES (\(workspace), \(number), \(try JSONB(encoding: receipts)), \(transaction.now))
            ON CONFLICT (workspace_id, number) DO UPDATE SET receipts = excluded.receipts, told_at = excluded.told_at
            WHERE warehouse_returns.receipts <> excluded.receipts
            """) > 0
    }
}
