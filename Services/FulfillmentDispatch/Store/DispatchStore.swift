import Commerce
import Foundation
import Messaging
import Postgres

/// `dispatches`: what was handed to the warehouse, under which number.
struct DispatchStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// The latest dispatch of a sales order.
    func latest(ofSalesOrder id: String) async throws -> Dispatch? {
        try await transaction.database.query(
            """
            SELECT number, generation, status FROM dispatches
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND sales_order_id = \(id)
            ORDER BY generation DESC LIMIT 1 FOR UPDATE
            """
        ).first.map { row in
            Dispatch(
                number: try row("number"), generation: try row("generation"),
                isCancelled: try row("status", as: String.self) == "cancelled")
        }
    }

    /// Notes the intent, before the warehouse hears of it.
    func plan(_ dispatch: Dispatch, of orderID: OrderID, salesOrderID: String) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO dispatches (workspace_id, number, order_id, sales_order_id, generation, created_at, updated_at)
            VALUES (\(transaction.workspaceID.uuid), \(dispatch.number), \(orderID.uuid), \(salesOrderID),
                    \(dispatch.generation), \(transaction.now), \(transaction.now))
            ON CONFLICT (workspace_id, number) DO NOTHING
            """)
    }

    /// The warehouse has it, unless it was cancelled meanwhile.
    func markSubmitted(_ number: String) async throws {
        try await transaction.database.execute(
            """
            UPDATE dispatches SET status = 'submitted', updated_at = \(transaction.now)
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND number = \(number) AND status = 'planned'
            """)
    }

    func markCancelled(_ number: String) async throws {
        try await transaction.database.execute(
            """
            UPDATE dispatches SET status = 'cancelled', updated_at = \(transaction.now)
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND number = \(number)
            """)
    }
}
