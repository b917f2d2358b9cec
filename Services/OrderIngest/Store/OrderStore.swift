import Commerce
import Foundation
import Messaging
import Postgres

/// `orders`: one row an order. Rows are read under their lock, so that what is decided from one still holds when it is
/// written.
struct OrderStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// Writes a new order under its id at a provider, unless that id is known already: the first one decides, also
    /// among transactions that run at the same time.
    func insert(_ order: OrderRow, provider: String, externalID: String) async throws -> Bool {
        let document = order.document
        let inserted = try await transaction.database.execute(
            """
            WITH claimed AS (
                INSERT INTO external_ids (workspace_id, provider, external_id, order_id)
                VALUES (\(transaction.workspaceID.uuid), \(provider), \(externalID), \(order.id.uuid))
                ON CONFLICT DO NOTHING RETURNING order_id
            )
            INSERT INTO orders (id, workspace_id, number, status, status_reason, document, currency, total, email,
                generation, started_at, shop_updated_at, created_at, updated_at)
            SELECT order_id, \(transaction.workspaceID.uuid), \(document.number), \(order.status.rawValue),
                \(try order.reason.map { try JSONB(encoding: $0) }), \(try JSONB(encoding: document)),
                \(document.currency), \(document.total), \(document.customer.email), \(order.generation),
                \(order.startedAt), \(order.shopUpdatedAt), \(transaction.now), \(transaction.now)
            FROM claimed
            """)
        guard inserted == 1 else { return false }
        try OrderNews(order, transaction).tellCreated()
        return true
    }

    /// - Throws: a ``Refusal`` for an id that nobody has.
    func lock(_ id: OrderID) async throws -> OrderRow {
        guard let order = try await lockIfPresent(id) else {
            throw Refusal(code: "unknown_order", message: "There is no order \(id).")
        }
        return order
    }

    func lockIfPresent(_ id: OrderID) async throws -> OrderRow? {
        try await first("SELECT \(Self.columns) FROM orders WHERE id = \(id.uuid) FOR UPDATE")
    }

    func lock(provider: String, externalID: String) async throws -> OrderRow? {
        try await first(
            """
            SELECT \(Self.columns) FROM orders
            WHERE id = (SELECT order_id FROM external_ids
                        WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = \(provider)
                          AND external_id = \(externalID))
            FOR UPDATE
            """)
    }

    /// Writes an order back that this transaction has locked, and tells the world outside what is new of it.
    func save(_ order: OrderRow) async throws {
        let document = order.document
        try await transaction.database.execute(
            """
            UPDATE orders SET number = \(document.number), status = \(order.status.rawValue),
                status_reason = \(try order.reason.map { try JSONB(encoding: $0) }),
                document = \(try JSONB(encoding: document)), currency = \(document.currency),
                total = \(document.total), email = \(document.customer.email),
                hold = \(try order.hold.map { try JSONB(encoding: $0) }), generation = \(order.generation),
                saga_id = \(order.sagaID?.uuid), saga_run = \(order.sagaRun), saga_version = \(order.sagaVersion),
                started_at = \(order.startedAt), shop_updated_at = \(order.shopUpdatedAt),
                updated_at = \(transaction.now)
            WHERE id = \(order.id.uuid)
            """)
        if let known = order.known { try OrderNews(order, transaction).tellUpdated(since: known) }
    }

    private func first(_ sql: SQL) async throws -> OrderRow? {
        try await transaction.database.query(sql).first.map(OrderRow.init)
    }

    private static let columns: SQL = """
        id, status, status_reason, document, hold, generation, saga_id, saga_run, saga_version, started_at,
        shop_updated_at
        """
}
