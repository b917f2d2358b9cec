import Commerce
import Foundation
import Messaging
import Postgres

/// `store_credit_bonuses`: what was given on top of refunds; and `bonus_news`, whether that came after the refund's mail.
struct BonusStore: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// - Parameter externalID: what tells it from other credits of the customer at the shop.
    func insert(_ amount: Money, of refund: RefundStore.Row, externalID: String) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO store_credit_bonuses (refund_id, workspace_id, return_id, amount, currency, external_id,
                                              granted_at)
            VALUES (\(refund.id.uuid), \(transaction.workspaceID.uuid), \(refund.returnID?.uuid), \(amount.minorUnits),
                    \(amount.currency.code), \(externalID), \(transaction.now))
            """)
    }

    /// What was given on top of a refund, or of another one of its return; nil for nothing.
    func granted(with refund: RefundStore.Row) async throws -> Money? {
        let rows = try await transaction.database.query(
            """
            SELECT amount, currency FROM store_credit_bonuses
            WHERE refund_id = \(refund.id.uuid) OR return_id = \(refund.returnID?.uuid)
            """)
        guard let row = rows.first, let currency = Currency(code: try row("currency")) else { return nil }
        return Money(minorUnits: try row("amount"), currency: currency)
    }

    // MARK: News

    /// Writes down that the customer is told of a return's store credit, where no bonus is given on it yet. The return is
    /// locked, here and below: whichever comes second, the mail or the bonus, knows of the other.
    func noteTold(_ returnID: ReturnID) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO bonus_news (return_id, workspace_id, told_at)
            SELECT \(returnID.uuid)::uuid, \(transaction.workspaceID.uuid)::uuid, \(transaction.now)::timestamptz
            WHERE NOT EXISTS (SELECT FROM store_credit_bonuses WHERE return_id = \(returnID.uuid))
            ON CONFLICT (return_id) DO NOTHING
            """)
    }

    func wasToldBefore(_ returnID: ReturnID) async throws -> Bool {
        try await transaction.database.query(
            "SELECT EXISTS (SELECT FROM bonus_news WHERE return_id = \(returnID.uuid)) AS told")[0]("told")
    }

    // LIMIT: the shop has a clock of its own, which counts whole seconds.
    private static let clockMargin: TimeInterval = 120

    /// Since when a bonus may be there: from the first refund of its return, for it is one for all of them.
    func earliest(of refund: RefundID) async throws -> Date? {
        try await transaction.database.query(
            """
            SELECT min(created_at) AS first FROM refunds WHERE id = \(refund.uuid)
                OR return_id = (SELECT return_id FROM refunds WHERE id = \(refund.uuid))
            """
        ).first.flatMap { try $0("first", as: Date?.self) }?.addingTimeInterval(-Self.clockMargin)
    }

    /// What was given since with refunds of anything else, as the shop has it.
    func others(than refund: RefundStore.Row, since date: Date) async throws -> [String] {
        try await transaction.database.query(
            """
            SELECT external_id FROM store_credit_bonuses
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND granted_at >= \(date)
                AND refund_id <> \(refund.id.uuid) AND return_id IS DISTINCT FROM \(refund.returnID?.uuid)
            """
        ).map { try $0("external_id") }
    }
}
