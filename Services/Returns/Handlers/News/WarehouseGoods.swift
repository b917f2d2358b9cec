import Commerce
import Messaging

/// What the warehouse has of a return, to be written down.
///
/// *Guarantees*: what it told before changes nothing.
struct WarehouseGoods: Sendable {
    private let receipts: [WarehouseReceipt]
    private let number: String
    private let transaction: HandlerTransaction

    /// - Parameter number: the warehouse's, of the return.
    init(_ receipts: [WarehouseReceipt], number: String, _ transaction: HandlerTransaction) {
        self.receipts = receipts
        self.number = number
        self.transaction = transaction
    }

    func write(on id: ReturnID) async throws {
        guard !receipts.isEmpty else { return }
        var goods = try await ReturnCase.lock(id, in: transaction)
        let isNew = try await WarehouseReturnStore(transaction).take(receipts, of: number)
        let extras = try await ReturnStore(transaction).extras(of: id)
        let news = WarehouseNews(receipts, beside: goods.row.units, extras)
        if let late = LateReceipt(news, of: goods, in: transaction) {
            // WHY: a settled return does not enter what comes later, so that it looks like news for ever.
            if isNew { try await late.write(on: &goods) }
            return
        }
        let receiving = ReturnReceiving(transaction: transaction)
        if !news.received.isEmpty { try await receiving.receive(news.received, of: &goods, by: .system) }
        if !news.inspected.isEmpty { try await receiving.inspect(news.inspected, of: &goods, by: .system) }
    }
}
