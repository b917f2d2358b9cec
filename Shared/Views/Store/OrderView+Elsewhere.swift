import Commerce
import Messaging
import Postgres

extension OrderView {
    /// The order's sales order in the ERP, the newest one; nil for an order that has none.
    public func salesOrderID(of id: OrderID) async throws -> String? {
        try await transaction.database.query(
            """
            SELECT external_id FROM order_ingest.external_ids
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND provider = 'netsuite' AND order_id = \(id.uuid)
            ORDER BY length(external_id) DESC, external_id DESC LIMIT 1
            """
        ).first.map { try $0("external_id") }
    }

    /// The number that the warehouse shipped the order's first package under; nil for an order that it has not shipped.
    public func warehouseNumber(of id: OrderID) async throws -> String? {
        try await transaction.database.query(
            """
            SELECT warehouse_number FROM tracking.shipment_view WHERE order_id = \(id.uuid)
            ORDER BY shipped_at, warehouse_number, ordinal LIMIT 1
            """
        ).first.map { try $0("warehouse_number") }
    }
}
