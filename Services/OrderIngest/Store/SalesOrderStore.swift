import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// `sales_orders`: the sales orders made for an order, one a generation.
struct SalesOrderStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// Notes the intent, before NetSuite hears of it.
    func plan(externalID: String, of order: OrderRow) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO sales_orders (workspace_id, order_id, generation, external_id)
            VALUES (\(transaction.workspaceID.uuid), \(order.id.uuid), \(order.generation), \(externalID))
            ON CONFLICT (order_id, generation) DO NOTHING
            """)
    }

    /// Notes the sales order of a generation as NetSuite knows it.
    func open(_ salesOrder: SalesOrder, of orderID: OrderID, generation: Int) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO sales_orders (workspace_id, order_id, generation, external_id, netsuite_id, number, status)
            VALUES (\(transaction.workspaceID.uuid), \(orderID.uuid), \(generation), \(salesOrder.externalID),
                    \(salesOrder.id), \(salesOrder.number), 'open')
            ON CONFLICT (order_id, generation) DO UPDATE
            SET netsuite_id = excluded.netsuite_id, number = excluded.number, status = 'open'
            """)
    }

    func close(generation: Int, of orderID: OrderID) async throws {
        try await transaction.database.execute(
            """
            UPDATE sales_orders SET status = 'closed'
            WHERE order_id = \(orderID.uuid) AND generation = \(generation)
            """)
    }

    /// The sales order in force of the order's generation.
    func current(of order: OrderRow) async throws -> SalesOrder? {
        try await transaction.database.query(
            """
            SELECT netsuite_id, number, external_id FROM sales_orders
            WHERE order_id = \(order.id.uuid) AND generation = \(order.generation) AND status = 'open'
            """
        ).first.map { row in
            SalesOrder(id: try row("netsuite_id"), number: try row("number"), externalID: try row("external_id"))
        }
    }

    /// The generation that a sales order of NetSuite belongs to.
    func generation(netSuiteID: String, of orderID: OrderID) async throws -> Int? {
        try await transaction.database.query(
            """
            SELECT generation FROM sales_orders
            WHERE order_id = \(orderID.uuid) AND netsuite_id = \(netSuiteID)
            """
        ).first.map { try $0("generation") }
    }

    /// The order that a sales order was, or is being, made for.
    func order(netSuiteID: String, externalID: String?) async throws -> OrderID? {
        try await transaction.database.query(
            """
            SELECT order_id FROM sales_orders
            WHERE workspace_id = \(transaction.workspaceID.uuid)
              AND (netsuite_id = \(netSuiteID) OR external_id = \(externalID))
            LIMIT 1
            """
        ).first.map { OrderID(uuid: try $0("order_id")) }
    }
}
