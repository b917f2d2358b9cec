import Commerce
import Contracts
import Foundation
import Postgres

/// What the decision on a return stands on, as the views tell it at one moment.
struct ReturnGround: Sendable {
    /// Nil where none was ever set.
    var policy: ReturnPolicy?
    /// Nil for an order of which no money is known.
    var money: RefundGround?
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
                SELECT id, external_id, kind, captured, refunded, pending, disputed_by FROM returns.tender_view
                WHERE order_id = \(order.uuid) ORDER BY position
                """,
                "SELECT line_id, unit, kept FROM returns.held_unit_view WHERE order_id = \(order.uuid)",
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
                money: try rows[1].first.map { row in
                    RefundGround(
                        sale: try row("sale", as: JSONB.self).decode(), tenders: try rows[2].map(TenderBalance.init),
                        held: HeldUnits(try rows[3].map { (try $0("line_id"), try $0("unit"), try $0("kept")) }),
                        shippingRefunded: try rows[4][0]("refunded"))
                },
                packages: try rows[5].map { row in
                    .init(
                        lines: try row("lines", as: JSONB.self).decode(), shippedAt: try row("shipped_at"),
                        deliveredAt: try row("delivered_at"))
                })
        }
    }
}
