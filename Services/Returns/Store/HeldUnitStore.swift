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

    /// - Parameter holder: of one refund; all of them when left out.
    func units(heldBy holder: UUID? = nil) async throws -> HeldUnits {
        let rows = try await transaction.database.query(
            """
            SELECT line_id, unit, kept FROM held_units
            WHERE order_id = \(orderID.uuid) AND (\(holder)::uuid IS NULL OR holder = \(holder))
            """)
        return HeldUnits(try rows.map { (try $0("line_id"), try $0("unit"), try $0("kept")) })
    }

    /// What everybody else holds.
    func units(besides holder: UUID) async throws -> HeldUnits {
        let rows = try await transaction.database.query(
            "SELECT line_id, unit, kept FROM held_units WHERE order_id = \(orderID.uuid) AND holder <> \(holder)")
        return HeldUnits(try rows.map { (try $0("line_id"), try $0("unit"), try $0("kept")) })
    }

    /// The returns that nobody has given anything for yet, by themselves or by a refund on its way, and that have units of
    /// a line.
    func openReturns(of line: String) async throws -> [ReturnID] {
        try await transaction.database.query(
            """
            SELECT DISTINCT r.id FROM held_units h
            JOIN returns r ON r.order_id = h.order_id
                AND (h.holder = r.id OR h.holder = r.refund_id AND r.status = 'refund_pending')
            WHERE h.order_id = \(orderID.uuid) AND h.line_id = \(line)
                AND r.status NOT IN ('refunded', 'exchanged', 'closed', 'rejected', 'cancelled', 'expired')
            ORDER BY r.id
            """
        ).map { ReturnID(uuid: try $0("id")) }
    }

    func hold(_ lines: [ReturnedLine], by holder: UUID) async throws {
        let rows = lines.flatMap { line in
            line.units.numbers.map { (line: line.lineID, unit: $0, isKept: line.staysSold) }
        }
        guard !rows.isEmpty else { return }
        try await transaction.database.execute(
            """
            INSERT INTO held_units (order_id, line_id, unit, workspace_id, holder, kept)
            SELECT \(orderID.uuid), line, unit, \(transaction.workspaceID.uuid), \(holder), kept
            FROM unnest(\(rows.map(\.line)), \(rows.map(\.unit)), \(rows.map(\.isKept))) AS u(line, unit, kept)
            """)
    }

    /// Units of a return, which it holds until it ends or its refund takes them over.
    func hold(_ units: [ReturnUnit], by returnID: ReturnID) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO held_units (order_id, line_id, unit, workspace_id, holder, kept)
            SELECT \(orderID.uuid), line, unit, \(transaction.workspaceID.uuid), \(returnID.uuid), false
            FROM unnest(\(units.map(\.lineID)), \(units.map(\.number))) AS u(line, unit)
            """)
    }

    /// Units of a return that come in when the rest of it was settled before, and that nobody else has; those that it holds
    /// still stay so.
    func holdAgain(_ units: [ReturnUnit], by returnID: ReturnID) async throws {
        guard !units.isEmpty else { return }
        try await transaction.database.execute(
            """
            INSERT INTO held_units (order_id, line_id, unit, workspace_id, holder, kept)
            SELECT \(orderID.uuid), line, unit, \(transaction.workspaceID.uuid), \(returnID.uuid), false
            FROM unnest(\(units.map(\.lineID)), \(units.map(\.number))) AS u(line, unit)
            ON CONFLICT (order_id, line_id, unit) DO NOTHING
            """)
    }

    /// What one holds, the other holds from now on.
    /// - Returns: how many units that are.
    @discardableResult
    func pass(from holder: UUID, to next: UUID) async throws -> Int {
        try await transaction.database.execute(
            """
            UPDATE held_units SET holder = \(next)
            WHERE order_id = \(orderID.uuid) AND holder = \(holder)
            """)
    }

    /// Everything that one return or refund holds.
    func releaseAll(heldBy holder: UUID) async throws {
        try await transaction.database.execute(
            "DELETE FROM held_units WHERE order_id = \(orderID.uuid) AND holder = \(holder)")
    }

    func release(_ units: UnitNumbers, of line: String, by holder: UUID) async throws {
        try await transaction.database.execute(
            """
            DELETE FROM held_units WHERE order_id = \(orderID.uuid) AND holder = \(holder) AND line_id = \(line)
                AND unit = ANY(\(units.numbers))
            """)
    }
}
