import Commerce
import Contracts
import Messaging
import Views

/// What a return gives back in all, as money or as other goods: what the policy's limit is about, and in the currency of
/// the shop as that is. The lock of its order's ledger is held.
struct ReturnWorth: Sendable {
    private let row: ReturnRow
    private let transaction: HandlerTransaction

    init(_ row: ReturnRow, _ transaction: HandlerTransaction) {
        self.row = row
        self.transaction = transaction
    }

    /// What has come in, by its grade, and what stays: what would be asked for now. Nil where that cannot be calculated.
    func amount() async throws -> Money? { try await amount(of: row) }

    /// With what is still awaited, in the best condition: what a person says yes to.
    func promised() async throws -> Money? {
        var promised = row
        for index in promised.units.indices where promised.units[index].state == nil && !promised.units[index].stays {
            promised.units[index].state = .received
        }
        return try await amount(of: promised)
    }

    /// Why a person has to decide before anything is given for it: its order's payments have less left than was promised,
    /// or such units were refunded in the shop.
    func doubt() async throws -> Refusal? {
        if let cut = try await cut() { return cut }
        return row.shopRefund
    }

    /// That its order's payments have less left than was promised, as they are now and beside the goods of an exchange that
    /// are set aside: in the words in which its refund is refused for it.
    func cut() async throws -> Refusal? {
        guard let ledger = try await LedgerStore(transaction).lock(row.orderID) else { return nil }
        let exchange = try await ExchangeStore(transaction).find(row.id)?.taken() ?? []
        guard let result = try await result(of: row, ledger, less: exchange) else { return nil }
        return try await ReturnPromise(row, of: ledger, transaction).cut(by: result)
    }

    private func amount(of row: ReturnRow) async throws -> Money? {
        guard let ledger = try await LedgerStore(transaction).lock(row.orderID) else { return nil }
        let books = ledger.sale.inBooks.currency
        guard !row.refundedLines.isEmpty else { return .zero(books) }
        return try await result(of: row, ledger).map { try ledger.sale.converted($0.total, to: books) }
    }

    /// In the customer's currency. Nil where there is nothing to calculate, or it cannot be.
    /// - Parameter exchange: what is taken for its goods.
    private func result(
        of row: ReturnRow, _ ledger: Ledger, less exchange: [ExchangeLine] = []
    ) async throws -> RefundResult? {
        guard !row.refundedLines.isEmpty else { return nil }
        let parts = try await RefundPartStore(of: ledger, transaction).standing(of: row.id)
        do {
            return try await ExchangeCredit(row, transaction).result(less: exchange, besides: parts)
        } catch is Refusal {
            // Asking for the refund says what is wrong, and hands the return to a person.
            return nil
        }
    }
}
