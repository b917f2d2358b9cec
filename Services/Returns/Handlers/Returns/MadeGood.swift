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

    /// Failure: a ``Refusal`` `not_allowed`, or `exchange_stands` for an exchange that cannot be brought to its end; each
    /// says what to do instead.
    func requireNothing() async throws {
        if let refund = try await RefundStore(transaction).succeeded(of: row.id) {
            throw no("\(refund.amount) have been given back for it")
        }
        // Beside an exchange, money that failed may be given up.
        guard let orderID = row.exchangeOrder, row.refundID == nil else { return }
        if try await isExchangeUnreckoned() { throw Refusal.exchangeStands(orderID) }
        throw no("the goods of its exchange are ordered, as \(orderID)")
    }

    /// Whether only the order is known of its exchange: an older build did not keep what the new goods take of the old
    /// ones' worth, so that nothing can be reckoned beside them.
    func isExchangeUnreckoned() async throws -> Bool {
        guard row.exchangeOrder != nil, row.refundID == nil else { return false }
        return try await ExchangeStore(transaction).find(row.id) == nil
    }

    private func no(_ fact: String) -> Refusal {
        Refusal(
            code: "not_allowed",
            message: "There is nothing to say no to: \(fact). Approve it, and nothing is given again.")
    }
}

extension Refusal {
    /// Of an exchange of which only the order is known.
    static func exchangeStands(_ orderID: String) -> Refusal {
        Refusal(
            code: "exchange_stands",
            message: "The goods of the exchange are ordered already, as \(orderID), and what they take of the returned "
                + "ones' worth is not known. Approve the return, and it is closed; what the customer should have beside "
                + "them is given as an amount, with POST /orders/{id}/refunds.")
    }
}
