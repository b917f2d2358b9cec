import Commerce
import Foundation
import Messaging
import Postgres

/// `refunds`: one row a refund we ask for.
struct RefundStore: Sendable {
    struct New: Sendable {
        var id: RefundID
        var orderID: OrderID
        var amount: Money
        var reason: String
        /// The calculation's answer; nil for a plain amount.
        var calculation: RefundResult?
    }

    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    func insert(_ refund: New) async throws {
        try await transaction.database.execute(
            """
            INSERT INTO refunds (id, workspace_id, order_id, status, amount, currency, reason, calculation, actor, created_at,
                                 updated_at)
            VALUES (\(refund.id.uuid), \(transaction.workspaceID.uuid), \(refund.orderID.uuid),
                    \(RefundStatus.requested.rawValue), \(refund.amount.minorUnits), \(refund.amount.currency.code),
                    \(refund.reason), \(refund.calculation?.jsonText)::json,
                    \(transaction.context.actor), \(transaction.now), \(transaction.now))
            """)
    }
}
