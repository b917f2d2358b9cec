import Commerce
import Foundation
import Messaging
import Postgres
import Providers

/// `stripe_refunds`: what single payments of refunds give at Stripe, one row a payment of a refund.
///
/// The order's ledger is locked by whoever changes them.
struct StripeRefundStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// Nil for a refund that gives nothing there.
    func share(of id: RefundID) async throws -> StripeShare? {
        let rows = try await transaction.database.query(
            """
            SELECT s.payment_id, s.amount, s.recorded, s.external_id, s.status, s.error, s.read_at, r.currency,
                sum(s.amount) OVER () >= r.amount AS is_all
            FROM stripe_refunds s JOIN refunds r ON r.id = s.refund_id JOIN tenders t
                ON t.order_id = r.order_id AND t.external_id = s.payment_id
            WHERE s.refund_id = \(id.uuid) ORDER BY t.position
            """)
        guard let first = rows.first else { return nil }
        return StripeShare(parts: try rows.compactMap { try StripePart($0) }, isAll: try first("is_all"))
    }

    /// Whether something of it was read later with another result: then what is told is old.
    func knowsBetter(than parts: [StripePart], of id: RefundID) async throws -> Bool {
        guard let known = try await share(of: id) else { return false }
        return known.parts.contains { known in
            parts.contains { part in
                part.parentID == known.parentID && part.readAt < known.readAt && part.status != known.status
            }
        }
    }

    /// What was read later stands.
    func save(_ parts: [StripePart], of id: RefundID, in currency: Currency) async throws {
        for part in parts {
            let amount = try Money(part.amount, currency).minorUnits
            let recorded = try part.recorded.map { try Money($0, currency).minorUnits }
            let error = try part.error.map(JSONB.init(encoding:))
            try await transaction.database.execute(
                """
                INSERT INTO stripe_refunds (refund_id, payment_id, workspace_id, amount, recorded, external_id, status,
                                            error, read_at)
                VALUES (\(id.uuid), \(part.parentID), \(transaction.workspaceID.uuid), \(amount),
                        coalesce(\(recorded)::bigint, 0), \(part.externalID), \(part.status.rawValue), \(error),
                        \(part.readAt))
                ON CONFLICT (refund_id, payment_id) DO UPDATE SET
                    external_id = coalesce(stripe_refunds.external_id, excluded.external_id),
                    recorded = greatest(stripe_refunds.recorded, excluded.recorded),
                    status = CASE WHEN stripe_refunds.read_at <= excluded.read_at
                                  THEN excluded.status ELSE stripe_refunds.status END,
                    error = CASE WHEN stripe_refunds.read_at <= excluded.read_at
                                 THEN excluded.error ELSE stripe_refunds.error END,
                    read_at = greatest(stripe_refunds.read_at, excluded.read_at)
                """)
        }
    }

    /// Where a part stands, by its id at Stripe; nil for one that nobody has written down.
    func status(of externalID: String, in id: RefundID) async throws -> RefundStatus? {
        try await transaction.database.query(
            "SELECT status FROM stripe_refunds WHERE refund_id = \(id.uuid) AND external_id = \(externalID)"
        ).first.flatMap { RefundStatus(rawValue: try $0("status")) }
    }

    /// What the shop has recorded of an order's payments, in minor units, without their having given it: a refund that
    /// fails at Stripe stays recorded there, and no other one is recorded over it.
    func recordedInVain(
        besides refund: RefundID, of orderID: OrderID
    ) async throws -> [(parentID: String, amount: Int64)] {
        try await transaction.database.query(
            """
            SELECT s.payment_id,
                (sum(s.recorded) - sum(CASE WHEN s.status = 'failed' THEN 0 ELSE s.amount END))::bigint AS vain
            FROM stripe_refunds s JOIN refunds r ON r.id = s.refund_id
            WHERE r.order_id = \(orderID.uuid) AND r.id <> \(refund.uuid)
            GROUP BY s.payment_id
            HAVING sum(s.recorded) > sum(CASE WHEN s.status = 'failed' THEN 0 ELSE s.amount END)
            """
        ).map { (try $0("payment_id"), try $0("vain")) }
    }
}

extension StripePart {
    fileprivate init?(_ row: PostgresRow) throws {
        guard let currency = Currency(code: try row("currency")),
            let status = RefundStatus(rawValue: try row("status"))
        else { return nil }
        func decimal(_ column: String) throws -> DecimalText {
            DecimalText(Money(minorUnits: try row(column), currency: currency).decimalString)
        }
        self.init(
            parentID: try row("payment_id"), amount: try decimal("amount"), externalID: try row("external_id"),
            status: status, error: try row("error", as: JSONB?.self)?.decode(), recorded: try decimal("recorded"),
            readAt: try row("read_at"))
    }
}
