import Commerce
import Foundation
import Messaging
import Postgres

/// `store_credit_bonuses`: what was given on top of refunds.
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

    /// When a refund was asked for: no bonus of it is older.
    func earliest(of refund: RefundID) async throws -> Date? {
        try await transaction.database.query("SELECT created_at FROM refunds WHERE id = \(refund.uuid)").first.map {
            try $0("created_at")
        }
    }

    /// What other bonuses are at the shop that were given since.
    func others(since date: Date) async throws -> [String] {
        try await transaction.database.query(
            """
            SELECT external_id FROM store_credit_bonuses
            WHERE workspace_id = \(transaction.workspaceID.uuid) AND granted_at >= \(date)
            """
        ).map { try $0("external_id") }
    }
}
