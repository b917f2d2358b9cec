import Commerce
import Messaging

/// What the customer has for the goods of a return already, so that there is nothing to say no to.
struct MadeGood: Sendable {
    private let row: ReturnRow
    private let transaction: HandlerTransaction

    init(_ row: ReturnRow, _ transaction: HandlerTransaction) {
        self.row = row
        self.transaction = transaction
    }

    /// Failure: a ``Refusal`` `not_allowed`, which says what to do instead.
    func requireNothing() async throws {
        if let refund = try await RefundStore(transaction).succeeded(of: row.id) {
            throw no("\(refund.amount) have been given back for it")
        }
        // Beside an exchange, money that failed may be given up.
        if let orderID = row.exchangeOrder, row.refundID == nil {
            throw no("the goods of its exchange are ordered, as \(orderID)")
        }
    }

    private func no(_ fact: String) -> Refusal {
        Refusal(
            code: "not_allowed",
            message: "There is nothing to say no to: \(fact). Approve it, and nothing is given again.")
    }
}
