import Commerce
import Messaging
import Postgres

/// Whether money of a return has arrived, or may still: while it does, nothing else is given for the same goods.
enum StandingRefund {
    /// - Parameters:
    ///   - returnID: nil for goods without a return, which nothing was paid for here.
    ///   - other: a refund that does not count.
    static func exists(
        of returnID: ReturnID?, besides other: RefundID? = nil, in transaction: HandlerTransaction
    ) async throws -> Bool {
        guard let returnID else { return false }
        return try await !transaction.database.query(
            """
            SELECT 1 FROM refunds
            WHERE return_id = \(returnID.uuid) AND status <> \(RefundStatus.failed.rawValue)
                AND id IS DISTINCT FROM \(other?.uuid)::uuid
            LIMIT 1
            """
        ).isEmpty
    }
}
