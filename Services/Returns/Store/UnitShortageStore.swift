import Commerce
import Messaging
import Postgres

/// `unit_shortages`: how many units of an order's lines refunds made in the shop have taken back beyond those that were
/// free for them.
///
/// The order's ledger is locked by whoever changes them.
struct UnitShortageStore: Sendable {
    private let transaction: HandlerTransaction
    private let orderID: OrderID

    init(_ transaction: HandlerTransaction, of orderID: OrderID) {
        self.transaction = transaction
        self.orderID = orderID
    }

    /// By the id of the line.
    func all() async throws -> [String: Int] {
        let rows = try await transaction.database.query(
            "SELECT line_id, missing FROM unit_shortages WHERE order_id = \(orderID.uuid)")
        return try Dictionary(rows.map { (try $0("line_id"), try $0("missing")) }) { first, _ in first }
    }

    func save(_ missing: Int, of lineID: String) async throws {
        guard missing > 0 else {
            try await transaction.database.execute(
                "DELETE FROM unit_shortages WHERE order_id = \(orderID.uuid) AND line_id = \(lineID)")
            return
        }
        try await transaction.database.execute(
            """
            INSERT INTO unit_shortages (order_id, line_id, workspace_id, missing)
            VALUES (\(orderID.uuid), \(lineID), \(transaction.workspaceID.uuid), \(missing))
            ON CONFLICT (order_id, line_id) DO UPDATE SET missing = excluded.missing
            """)
    }
}
