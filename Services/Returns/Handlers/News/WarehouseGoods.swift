import Commerce
import Messaging
import Views

/// What the warehouse has of a return, to be written down.
///
/// *Guarantees*: what it told before changes nothing; what came elsewhere and was found to be the return's counts with it,
/// and what was found to be another's, or nobody's, does not. The return takes no unit that another return or refund has.
struct WarehouseGoods: Sendable {
    private let transaction: HandlerTransaction

    init(_ transaction: HandlerTransaction) {
        self.transaction = transaction
    }

    /// - Parameters:
    ///   - receipts: everything that the warehouse tells under the number.
    ///   - number: the return's there, or one whose goods a person found to be the return's.
    func take(_ receipts: [WarehouseReceipt], of number: String, on id: ReturnID) async throws {
        guard !receipts.isEmpty else { return }
        // The order's ledger is locked before its returns.
        _ = try await LedgerStore(transaction).lock(OrderOfReturn.find(id, in: transaction))
        var goods = try await ReturnCase.lock(id, in: transaction)
        let isBlind = try await keep(receipts, of: number, goods.row)
        let isNew = try await WarehouseReturnStore(transaction).take(receipts, of: number)
        let own = isBlind ? try await told(goods.row) : receipts
        try await enter(own, isNew: isNew, on: &goods)
    }

    /// What it was opened for, where that is how it came about, once it is decided on. The lock of its order's ledger is
    /// held.
    func takeOpened(_ goods: inout ReturnCase) async throws {
        guard try await !BlindReceiptStore(transaction).goods(of: goods.row.id, besides: nil).isEmpty else { return }
        try await takeMatched(&goods)
    }

    /// What a person has just found to be the return's. The lock of its order's ledger is held.
    func takeMatched(_ goods: inout ReturnCase) async throws {
        let own = try await told(goods.row)
        try await enter(own, isNew: true, on: &goods)
    }

    /// - Returns: whether a person found it to be the return's: the number is not its own.
    private func keep(_ receipts: [WarehouseReceipt], of number: String, _ row: ReturnRow) async throws -> Bool {
        let store = BlindReceiptStore(transaction)
        guard let kept = try await store.lock(unknown: number) else { return false }
        let isOwn = row.externalIDs["dcl"] == number
        if isOwn, kept.status == .open {
            try await store.match(kept.id, to: row.id, "The return is known under the warehouse's number by now.")
        }
        guard kept.returnID == row.id || (isOwn && kept.returnID == nil) else { return false }
        try await store.save(.init(receipts), originalOrderNumber: nil, of: kept.id, reopening: false)
        return !isOwn
    }

    /// What was last told under the return's own number.
    private func told(_ row: ReturnRow) async throws -> [WarehouseReceipt] {
        guard let number = row.externalIDs["dcl"] else { return [] }
        return try await WarehouseReturnStore(transaction).told([number])[number] ?? []
    }

    private func enter(_ own: [WarehouseReceipt], isNew: Bool, on goods: inout ReturnCase) async throws {
        let row = goods.row
        // One that was opened for goods which were here takes them with the decision on it.
        guard row.status != .requested else { return }
        let blind = BlindReceiptStore(transaction)
        let elsewhere = try await blind.goods(of: row.id, besides: row.externalIDs["dcl"]).receipts
        let extras = try await ReturnStore(transaction).extras(of: row.id)
        let known = try await blind.late(for: row.id, isDecided: true).merging(extras, uniquingKeysWith: +)
        // WHY: one that has ended holds nothing; it learns what is here, and is taken up again once all of it is free.
        let others =
            try await row.status.holdsUnits
            ? HeldUnitStore(transaction, of: row.orderID).units(besides: row.id.uuid) : HeldUnits()
        let news = WarehouseNews(own + elsewhere, beside: row.units, known, others)
        let late = LateReceipt(news, of: goods, in: transaction)
        let isTaken = late?.isAll != true
        if isTaken { try await take(news, on: &goods) }
        // WHY: a settled return does not enter what comes later, so that it looks like news for ever.
        if let late, isNew || (isTaken && !news.received.isEmpty) { try await late.write(on: &goods) }
    }

    private func take(_ news: WarehouseNews, on goods: inout ReturnCase) async throws {
        let receiving = ReturnReceiving(transaction: transaction)
        if !news.received.isEmpty {
            try await receiving.receive(news.received, of: &goods, by: .system)
            // WHY: of what came late before, that which another return or refund has by now is still nobody's.
            if news.late.isEmpty { try await BlindReceiptStore(transaction).matchLate(to: goods.row.id) }
        }
        if !news.inspected.isEmpty { try await receiving.inspect(news.inspected, of: &goods, by: .system) }
    }
}
