import Commerce
import Contracts
import Foundation
import Postgres

/// Orders with their packages and timeline, from the views of the services that own them.
enum OrderReader {
    struct Filter: Sendable {
        var externalID: String?
        var status: String?
        var email: String?
        var text: String?
        var updatedSince: Date?
    }

    /// The last received first: what happens to orders meanwhile moves none of them to another page. With `updatedSince`
    /// the earliest change first: an order that changes meanwhile comes once more, later, and none is missed.
    ///
    /// *Not guaranteed*: that a change is seen which is committed after a later one was read. Who goes on from an earlier
    /// time asks for a minute before it.
    static func list(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<OrderRecord> {
        if filter.updatedSince != nil { return try await changes(filter, page, in: workspaceID, pool) }
        let orders = try await read(page.newestFirst(filter.conditions), in: workspaceID, pool)
        return Page(rows: orders, limit: page.limit) { Cursor(time: $0.createdAt, id: $0.id.uuid) }
    }

    private static func changes(
        _ filter: Filter, _ page: PageRequest, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> Page<OrderRecord> {
        let selection = page.oldestFirst(filter.conditions, time: "updated_at")
        let orders = try await read(selection, in: workspaceID, pool)
        return Page(rows: orders, limit: page.limit) { Cursor(time: $0.updatedAt, id: $0.id.uuid) }
    }

    static func find(_ id: OrderID, in workspaceID: WorkspaceID, _ pool: PostgresPool) async throws -> OrderRecord? {
        try await read("WHERE id = \(id.uuid)", in: workspaceID, pool).first
    }

    /// The last ordered of that number and address, in any case.
    static func find(
        number: String, email: String, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> OrderRecord? {
        try await read(
            """
            WHERE number = \(number) AND lower(email) = lower(\(email)) ORDER BY created_at DESC LIMIT 1
            """, in: workspaceID, pool
        ).first
    }

    private static func read(
        _ selection: SQL, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> [OrderRecord] {
        try await pool.transaction(workspace: workspaceID.uuid) { database in
            let orders = try await database.query(
                """
                SELECT id, number, status, status_reason, document, currency, total, saga_id, external_ids, created_at,
                    updated_at
                FROM order_ingest.order_view \(selection)
                """
            ).map(OrderRecord.init)
            guard !orders.isEmpty else { return [] }
            let ids = orders.map(\.id.uuid)
            let parts = try await database.pipeline([shipments(of: ids), timeline(of: ids)])
            let shipments = try grouped(parts[0], OrderRecord.Shipment.init)
            let timeline = try grouped(parts[1], OrderRecord.Happening.init)
            return orders.map { order in
                var order = order
                order.shipments = shipments[order.id.uuid] ?? []
                order.timeline = timeline[order.id.uuid] ?? []
                return order
            }
        }
    }

    private static func shipments(of orders: [UUID]) -> SQL {
        """
        SELECT order_id, id, tracking_number, carrier, status, lines, item_fulfillment_id, shop_fulfillment_id
        FROM tracking.shipment_view WHERE order_id = ANY(\(orders)) ORDER BY shipped_at, warehouse_number, ordinal
        """
    }

    private static func timeline(of orders: [UUID]) -> SQL {
        """
        SELECT order_id, at, type, actor, summary, external_ref
        FROM order_ingest.timeline WHERE order_id = ANY(\(orders)) ORDER BY at, id
        """
    }

    private static func grouped<Part>(
        _ rows: [PostgresRow], _ part: (PostgresRow) throws -> Part
    ) throws -> [UUID: [Part]] {
        try rows.reduce(into: [:]) { parts, row in
            parts[try row("order_id", as: UUID.self), default: []].append(try part(row))
        }
    }
}

extension OrderReader.Filter {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let externalID {
            conditions.append(
                "id IN (SELECT order_id FROM order_ingest.external_ids WHERE external_id = \(externalID))")
        }
        if let status { conditions.append("status = \(status)") }
        if let email { conditions.append("id IN (SELECT * FROM order_ingest.orders_of(\(email)))") }
        if let text { conditions.append("id IN (SELECT * FROM order_ingest.orders_matching(\(text)))") }
        if let updatedSince { conditions.append("updated_at >= \(updatedSince)") }
        return conditions
    }
}
