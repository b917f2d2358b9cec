import Commerce
import Messaging
import Postgres
import Views

/// A return whose money has gone back, with what it came to.
struct RefundedReturn: Sendable {
    let row: ReturnRow
    /// Nil where nothing was to be given back.
    let refund: ReturnRefund?

    /// Failure: a ``Refusal`` `refund_not_succeeded` while the money is still on its way: nothing may be entered before.
    static func lock(_ id: ReturnID, in transaction: HandlerTransaction) async throws -> RefundedReturn {
        let row = try await ReturnCase.lock(id, in: transaction).row
        let record = try await ReturnRecords.find(id, withTimeline: false, in: transaction.database)
        let refund = record?.refund
        let isSettled = refund?.status.isDone ?? [.refunded, .exchanged, .closed].contains(row.status)
        guard isSettled else {
            let status = refund.map { "is \($0.status.rawValue)" } ?? "was not asked for"
            throw Refusal(
                code: "refund_not_succeeded", message: "The refund of return \(id) \(status): nothing is entered yet.")
        }
        return RefundedReturn(row: row, refund: refund)
    }
}
