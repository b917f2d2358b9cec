import Commerce
import Contracts
import Foundation
import Postgres

/// What the decision on a return stands on, as the views tell it at one moment.
struct ReturnGround: Sendable {
    /// Nil where none was ever set.
    var policy: ReturnPolicy?
    /// Nil for an order of which no money is known.
    var sale: Sale?
    var tenders: [LedgerReader.Tender] = []
    /// The units that refunds and returns hold, by line.
    var held: [String: UnitNumbers] = [:]
    /// Minor units of the shipping that were given back.
    var shippingRefunded: Int64 = 0
    var packages: [Package] = []

    struct Package: Sendable {
        var lines: [SKUQuantity]
        var shippedAt, deliveredAt: Date?
    }
}

enum ReturnFactsReader {
    static func read(
        _ order: OrderID, in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> ReturnGround {
        try await pool.transaction(workspace: workspaceID.uuid, isolation: .repeatableRead) { database in
            let rows = try await database.pipeline([
                "SELECT document FROM returns.policy_view ORDER BY version DESC LIMIT 1",
                "SELECT sale FROM returns.sale_view WHERE order_id = \(order.uuid)",
                """
                SELECT id, kind, captured, refunded, pending, disputed_by FROM returns.tender_view
                WHERE order_id = \(order.uuid) ORDER BY position
                """,
                "SELECT line_id, unit FROM returns.held_unit_view WHERE order_id = \(order.uuid)",
                """
                SELECT coalesce(sum(debit - credit), 0)::bigint AS refunded FROM returns.ledger_view
                WHERE order_id = \(order.uuid) AND kind LIKE 'refund%' AND account = 'shipping'
                """,
                """
                SELECT lines, shipped_at, delivered_at FROM tracking.shipment_view
                WHERE order_id = \(order.uuid) ORDER BY shipped_at, warehouse_number, ordinal
                """,
            ])
            return ReturnGround(
                policy: try rows[0].first.map { try $0("document", as: JSONB.self).decode() },
                sale: try rows[1].first.map { try $0("sale", as: JSONB.self).decode() },
                tenders: try rows[2].map(LedgerReader.Tender.init),
                held: try units(rows[3]), shippingRefunded: try rows[4][0]("refunded"),
                packages: try rows[5].map { row in
                    .init(
                        lines: try row("lines", as: JSONB.self).decode(), shippedAt: try row("shipped_at"),
                        deliveredAt: try row("delivered_at"))
                })
        }
    }

    private static func units(_ rows: [PostgresRow]) throws -> [String: UnitNumbers] {
        let units = try rows.map { (line: try $0("line_id", as: String.self), unit: try $0("unit", as: Int.self)) }
        return Dictionary(grouping: units, by: \.line).mapValues { UnitNumbers($0.map(\.unit)) }
    }
}
