import Commerce
import Contracts
import Messaging
import Views

/// A return at the warehouse that nobody knows here: its goods are kept as a blind receipt, and people are told to look
/// whose they are.
///
/// *Guarantees*: it is one, however often it is told; people are told once, and again where more has come in than they
/// had decided about.
struct UnknownWarehouseReturn: Sendable {
    let number: String
    var originalOrderNumber: String?
    /// Everything that has come in of it; none where only that is told.
    var receipts: [WarehouseReceipt] = []
    let transaction: HandlerTransaction

    /// - Returns: whether it is told for the first time.
    @discardableResult
    func keep() async throws -> Bool {
        let store = BlindReceiptStore(transaction)
        let goods = [BlindReceiptRecord.Goods](receipts)
        if let id = try await store.insert(unknown: number, originalOrderNumber: originalOrderNumber, goods) {
            try alert(id, key: number)
            try await take()
            return true
        }
        guard !goods.isEmpty, let kept = try await store.lock(unknown: number) else { return false }
        // Somebody has found out meanwhile whose it is.
        if let returnID = kept.returnID {
            try transaction.send(ReadWarehouseReturn(returnID: returnID, number: number), subject: returnID.description)
            return false
        }
        let isMore = kept.status == .dismissed && goods.holdsMore(than: kept.goods)
        try await store.save(goods, originalOrderNumber: originalOrderNumber, of: kept.id, reopening: isMore)
        try await take()
        if isMore { try alert(kept.id, key: "\(number)/\(goods.bySKU.values.reduce(0, +))") }
        return false
    }

    private func take() async throws {
        guard !receipts.isEmpty else { return }
        _ = try await WarehouseReturnStore(transaction).take(receipts, of: number)
    }

    private func alert(_ id: BlindReceiptID, key: String) throws {
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "unknown_warehouse_return/\(key)", title: "The warehouse has goods of an unknown return",
                    text: "No return is known under the warehouse's number. Find out whose goods they are and match "
                        + "them to a return, or dismiss them.",
                    fields: ["number": number, "blind_receipt": "\(id)"], next: id.decisions)),
            subject: number)
    }
}
