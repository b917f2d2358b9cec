import Commerce
import Foundation
import Messaging
import Postgres

/// `held_units`: which units of an order's lines are given back or on their way.
///
/// The order's ledger is locked by whoever changes them.
struct HeldUnitStore: Sendable {
    private let transaction: HandlerTransaction
    private let orderID: OrderID

    init(_ transaction: HandlerTransaction, of orderID: OrderID) {
        self.transaction = transaction
        self.orderID = orderID
    }

    /// By the id of the order line.
    /// - Parameter holder: of one refund; all of them when left out.
    func units(heldBy holder: UUID? = nil) async throws -> [String: UnitNumbers] {
        let rows = try await transaction.database.query(
            """
            SELECT line_id, unit FROM held_units
            WHERE order_id = \(orderID.uuid) AND (\(holder)::uuid IS NULL OR holder = \(holder))
            """)
        let units = try rows.map { (line: try $0("line_id", as: String.self), unit: try $0("unit", as: Int.self)) }
        return Dictionary(grouping: units, by: \.line).mapValues { UnitNumbers($0.map(\.unit)) }
    }

    func hold(_ units: [String: UnitNumbers], by holder: UUID) async throws {
        let rows = units.flatMap { line, units in units.numbers.map { (line: line, unit: $0) } }
        guard !rows.isEmpty else { return }
        try await transaction.database.execute(
            """
            INSERT INTO held_units (order_id, line_id, unit, workspace_id, holder)
            SELECT \(orderID.uuid), line, unit, \(transaction.workspaceID.uuid), \(holder)
            FROM unnest(\(rows.map(\.line)), \(rows.map(\.unit))) AS u(line, unit)
            """)
    }

    func release(_ units: UnitNumbers, of line: String, by holder: UUID) async throws {
        try await transaction.database.execute(
            """
            DELETE FROM held_units WHERE order_id = \(orderID.uuid) AND holder = \(holder) AND line_id = \(line)
                AND unit = ANY(\(units.numbers))
            """)
    }
}
