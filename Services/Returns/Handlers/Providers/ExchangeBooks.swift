import Commerce
import Messaging

/// The ledger of an exchange: what came back was given for other goods.
struct ExchangeBooks: Sendable {
    private let row: ReturnRow
    private let exchange: ReturnExchange
    private let transaction: HandlerTransaction

    init(_ row: ReturnRow, _ exchange: ReturnExchange, _ transaction: HandlerTransaction) {
        self.row = row
        self.exchange = exchange
        self.transaction = transaction
    }

    /// Posts it once for each life of the return; nothing where a refund beside the exchange has said so, and nothing
    /// where nothing came back.
    func post(to ledger: Ledger) async throws {
        guard try await !isPosted(), !row.refundedLines.isEmpty else { return }
        let parts = try await RefundPartStore(of: ledger, transaction).standing(of: row.id)
        let result = try await ExchangeCredit(row, transaction).result(less: exchange.taken(), besides: parts)
        try await LedgerStore(transaction).post(
            .exchanged(result, besides: parts, cause: row.key), to: ledger.orderID)
    }

    private func isPosted() async throws -> Bool {
        guard let refundID = row.refundID, let refund = try await RefundStore(transaction).find(refundID) else {
            return false
        }
        return refund.status != .failed
    }
}
