import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

/// `warehouse_orders`: the orders at the warehouse, under its numbers.
struct WarehouseOrderStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    func open(_ number: String, orderID: OrderID, salesOrderID: String) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO warehouse_orders (workspace_id, number, order_id, sales_order_id, created_at, updated_at)
            VALUES (\(transaction.workspaceID.uuid), \(number), \(orderID.uuid), \(salesOrderID),
                    \(transaction.now), \(transaction.now))
            ON CONFLICT (workspace_id, number) DO NOTHING
            """)
    }

    /// Closes an order that was taken back, also when the news of its opening comes later.
    func cancel(_ number: String, orderID: OrderID) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO warehouse_orders (workspace_id, number, order_id, state, outcome, created_at, updated_at)
            VALUES (\(transaction.workspaceID.uuid), \(number), \(orderID.uuid), 'closed', 'cancelled',
                    \(transaction.now), \(transaction.now))
            ON CONFLICT (workspace_id, number) DO UPDATE
            SET state = 'closed', outcome = 'cancelled', updated_at = excluded.updated_at
            """)
    }

    /// The numbers that are open, those asked for longest ago first.
    func openNumbers(limit: Int) async throws -> [String] {
        try await transaction.database.query(
            """
            SELECT number FROM warehouse_orders
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND state = 'open'
            ORDER BY read_at NULLS FIRST, number LIMIT \(limit)
            """
        ).map { try $0("number") }
    }

    func isKnown(_ number: String) async throws -> Bool {
        try await !transaction.database.query(
            """
            SELECT 1 AS known FROM warehouse_orders
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND number = \(number)
            """
        ).isEmpty
    }

    /// Keeps others from changing the orders or their packages until the commit; in number order, so that two
    /// transactions never wait for each other. Without their packages.
    func lock(_ numbers: [String]) async throws -> [WarehouseOrder] {
        try await transaction.database.query(
            """
            SELECT number, order_id, held, state FROM warehouse_orders
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND number = ANY(\(numbers))
            ORDER BY number FOR UPDATE
            """
        ).map { row in
            WarehouseOrder(
                number: try row("number"), orderID: OrderID(uuid: try row("order_id")), isHeld: try row("held"),
                isOpen: try row("state", as: String.self) == "open", packages: [])
        }
    }

    func markRead(_ numbers: [String]) async throws {
        try await transaction.database.execute(
            """
            UPDATE warehouse_orders SET read_at = \(transaction.now)
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND number = ANY(\(numbers))
            """)
    }

    func setHeld(_ isHeld: Bool, _ reading: WarehouseReading) async throws {
        try await transaction.database.execute(
            """
            UPDATE warehouse_orders SET held = \(isHeld), stage = \(reading.description),
                updated_at = \(transaction.now)
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND number = \(reading.number)
            """)
    }

    func close(_ outcome: DispatchClosed.Outcome, _ reading: WarehouseReading) async throws {
        try await transaction.database.execute(
            """
            UPDATE warehouse_orders SET state = 'closed', outcome = \(outcome.rawValue),
                stage = \(reading.description), updated_at = \(transaction.now)
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND number = \(reading.number)
            """)
    }
}
