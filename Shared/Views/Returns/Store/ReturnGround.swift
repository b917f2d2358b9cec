import Commerce
import Contracts
import Foundation
import Postgres

/// What the decision on a return stands on, as the views tell it at one moment.
public struct ReturnGround: Sendable {
    public var order: CanonicalOrder
    /// The policy in force; the standard one where none was ever set.
    public var policy: ReturnPolicy
    /// Nil for an order of which no money is known.
    public var money: RefundGround?
    var packages: [Package] = []

    struct Package: Sendable {
        var lines: [SKUQuantity]
        var shippedAt, deliveredAt: Date?
    }

    /// The currency of the shop's books, which its policy is written in; nil where what the order names is none.
    public var currency: Currency? { money?.sale.inBooks.currency ?? Currency(code: order.currency) }

    /// The currency the customer paid in and gets back; nil where what the order names is none.
    public var customerCurrency: Currency? {
        money?.sale.currency ?? Currency(code: order.presentment?.currency ?? order.currency)
    }
}

extension ReturnGround {
    /// Nil where there is no such order.
    /// - Parameters:
    ///   - version: of the policy; the newest when left out.
    ///   - own: whose units do not count as held, nor what it takes in exchange for them as taken.
    public static func read(
        _ order: OrderID, policy version: Int? = nil, besides own: UUID? = nil, in database: PostgresTransaction
    ) async throws -> ReturnGround? {
        let rows = try await database.pipeline([
            "SELECT document FROM order_ingest.order_view WHERE id = \(order.uuid)",
            """
            SELECT document FROM returns.policy_view WHERE \(version)::bigint IS NULL OR version = \(version)
            ORDER BY version DESC LIMIT 1
            """,
            "SELECT sale FROM returns.sale_view WHERE order_id = \(order.uuid)",
            """
            SELECT id, external_id, kind, captured, refunded, pending, disputed_by FROM returns.tender_view
            WHERE order_id = \(order.uuid) ORDER BY position
            """,
            """
            SELECT line_id, unit, kept FROM returns.held_unit_view
            WHERE order_id = \(order.uuid) AND holder IS DISTINCT FROM \(own)
            """,
            """
            SELECT coalesce(sum(debit - credit) FILTER (WHERE account = 'shipping'), 0)::bigint AS net,
                coalesce(sum(debit - credit) FILTER (WHERE account = 'shipping_tax'), 0)::bigint AS tax
            FROM returns.ledger_view
            WHERE order_id = \(order.uuid) AND kind <> 'captured' AND account IN ('shipping', 'shipping_tax')
            """,
            """
            SELECT lines, shipped_at, delivered_at FROM tracking.shipment_view
            WHERE order_id = \(order.uuid) ORDER BY shipped_at, warehouse_number, ordinal
            """,
            """
            SELECT coalesce(sum(room), 0)::bigint AS exchanged FROM returns.exchange_view
            WHERE order_id = \(order.uuid) AND return_id IS DISTINCT FROM \(own)
            """,
        ])
        guard let row = rows[0].first else { return nil }
        let document: CanonicalOrder = try row("document", as: JSONB.self).decode()
        let sale = try rows[2].first.map { try $0("sale", as: JSONB.self).decode(Sale.self) }
        let currency = sale?.inBooks.currency ?? Currency(code: document.currency)
        return ReturnGround(
            order: document,
            policy: try rows[1].first.map { try $0("document", as: JSONB.self).decode() }
                ?? .standard(currency: currency),
            money: try sale.map { sale in
                RefundGround(
                    sale: sale, tenders: try rows[3].map(TenderBalance.init),
                    held: HeldUnits(try rows[4].map { (try $0("line_id"), try $0("unit"), try $0("kept")) }),
                    shippingRefunded: RefundedShipping(net: try rows[5][0]("net"), tax: try rows[5][0]("tax")),
                    exchanged: try rows[7][0]("exchanged"))
            },
            packages: try rows[6].map { row in
                .init(
                    lines: try row("lines", as: JSONB.self).decode(), shippedAt: try row("shipped_at"),
                    deliveredAt: try row("delivered_at"))
            })
    }
}

extension TenderBalance {
    /// A row of `tender_view`.
    public init(_ row: PostgresRow) throws {
        self.init(
            id: TenderID(uuid: try row("id")), externalID: try row("external_id"), kind: try row("kind"),
            captured: try row("captured"), refunded: try row("refunded"), pending: try row("pending"),
            disputedBy: try row("disputed_by"))
    }
}
