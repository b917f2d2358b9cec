import Commerce
import Messaging
import Postgres
import Views

/// A return whose money has gone back, with what it came to.
struct RefundedReturn: Sendable {
    let row: ReturnRow
    /// Nil where nothing was given back.
    let refund: ReturnRefund?

    /// Failure: a ``Refusal`` `refund_not_succeeded` while the money is still on its way: nothing may be entered before.
    static func lock(_ id: ReturnID, in transaction: HandlerTransaction) async throws -> RefundedReturn {
        let goods = try await ReturnCase.lock(id, in: transaction)
        let (row, refund) = (goods.row, goods.before.refund)
        // A person's no to the rest of the money leaves the return rejected, and the new goods with the customer.
        let isOver = [.refunded, .exchanged, .closed].contains(row.status) || row.exchangeOrder != nil
        switch refund?.status {
        case .succeeded: return RefundedReturn(row: row, refund: refund)
        // A refund that somebody gave up on beside an exchange keeps the exchange out of no books.
        case nil where isOver, .failed where isOver: return RefundedReturn(row: row, refund: nil)
        default:
            let status = refund.map { "is \($0.status.rawValue)" } ?? "was not asked for"
            throw Refusal(
                code: "refund_not_succeeded", message: "The refund of return \(id) \(status): nothing is entered yet.")
        }
    }
}
