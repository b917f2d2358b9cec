import Commerce
import Foundation
import Messaging
import Providers

/// Posts what the shop knows of an order's money and the ledger does not: captures, refunds made by hand, and those of
/// them that have failed since.
///
/// *Guarantees*: read as often and in whatever order, each turn of a movement is posted once; what the shop has given back of
/// units is held here, so that no refund of ours gives it back again; a return that has such units already goes to a person.
struct PaymentsUpdate: Sendable {
    let orderID: OrderID
    let order: ShopifyOrder
    let transactions: [ShopifyTransaction]
    let transaction: HandlerTransaction

    private var store: LedgerStore { LedgerStore(transaction) }

    func post() async throws {
        try await postCaptures()
        guard let paid = try await store.lock(orderID) else { return }
        for refund in order.refunds { try await post(refund, paid) }
        let removed = Set(paid.sale.lines.filter { removedByEdit(from: $0) > 0 }.map(\.id))
        let news = try await ShopUnits(of: paid, transaction).hold(unitsTakenBack(of: paid.sale), removed: removed)
        try await ShopRefundDoubt(of: paid, transaction).tell(news)
    }

    // MARK: Captures

    /// Posts what was paid, and leaves refunds and units as they are: all that an order read earlier is good for.
    func postCaptures() async throws {
        let sale = try Sale(order)
        try await store.open(orderID, sale)
        guard let ledger = try await store.lock(orderID) else { return }
        let edited = ledger.sale.adding(linesOf: sale)
        if edited != ledger.sale { try await store.save(edited, of: orderID) }
        try await postCaptures(ledger, of: edited)
    }

    private func postCaptures(_ ledger: Ledger, of sale: Sale) async throws {
        var known = Dictionary(uniqueKeysWithValues: ledger.tenders.map { ($0.externalID, $0.id) })
        var credited = try await store.credited(of: orderID)
        for movement in transactions where movement.bringsMoney && movement.hasSucceeded {
            guard known[movement.id.text] == nil else { continue }
            let amount = try movement.money(of: ledger)
            let tender = TenderID()
            try await store.add(
                tender, externalID: movement.id.text, kind: TenderKind.named(movement.gateway),
                position: known.count, to: orderID)
            let entry = try LedgerEntry.captured(
                amount, tender: tender.description, cause: movement.cause, credited: credited, of: sale)
            try await store.post(entry, to: orderID)
            known[movement.id.text] = tender
            for posting in entry.postings where posting.tender == nil {
                credited[posting.account, default: 0] += posting.credit - posting.debit
            }
        }
    }

    // MARK: Refunds

    private func post(_ refund: ShopifyRefund, _ ledger: Ledger) async throws {
        let movements = movements(of: refund)
        guard let ours = refund.ours, try await settle(ours, refund, movements) else {
            return try await post(refund, movements, ledger) { !$0.hasFailed }
        }
        // WHY: an older build kept here what one payment gave of a refund that failed; now the refund has it.
        try await post(refund, movements, ledger) { _ in false }
    }

    /// - Returns: whether it is a refund that is known here.
    private func settle(
        _ id: RefundID, _ refund: ShopifyRefund, _ movements: [ShopifyTransaction]
    ) async throws -> Bool {
        let share = try await StripeRefundStore(transaction).share(of: id)
        let news = ShopRefund(refund, movements: movements, atStripe: share).news
        return try await RefundSettlement(transaction: transaction).settle(id, news) != nil
    }

    /// As the payments tell them; those that were made after the payments were read, as the order does.
    private func movements(of refund: ShopifyRefund) -> [ShopifyTransaction] {
        let named = (refund.transactions ?? []).filter(\.isRefund)
        let known = transactions.filter { movement in movement.isRefund && named.contains { $0.id == movement.id } }
        return known + named.filter { movement in !known.contains { $0.id == movement.id } }
    }

    private func post(
        _ refund: ShopifyRefund, _ movements: [ShopifyTransaction], _ ledger: Ledger,
        where counts: (ShopifyTransaction) -> Bool
    ) async throws {
        let tenders = Dictionary(uniqueKeysWithValues: ledger.tenders.map { ($0.externalID, $0.id) })
        let shares = try RefundShares(
            of: refund, over: try movements.map { try $0.money(of: ledger).minorUnits }, ledger.sale)
        for (movement, share) in zip(movements, shares.all) {
            guard let tender = movement.parentID.flatMap({ tenders[$0.text] }) else { continue }
            try await post(movement, share, on: tender, counts: counts(movement), ledger)
        }
    }

    private func post(
        _ movement: ShopifyTransaction, _ share: RefundShares.Share, on tender: TenderID, counts: Bool, _ ledger: Ledger
    ) async throws {
        let given = try await store.turns(of: .refundInShop, movement.cause, of: orderID)
        let failed = try await store.turns(of: .refundInShopFailed, movement.cause, of: orderID)
        let entry = LedgerEntry.refundInShop(
            goods: share.goods, tax: share.tax, shipping: share.shipping, shippingTax: share.shippingTax,
            tenders: [(tender.description, share.amount)], in: ledger.sale.currency, cause: movement.cause)
        if counts, given == failed {
            try await store.post(entry.turn(given + 1), to: orderID)
        } else if !counts, given > failed,
            let posted = try await store.entry(.refundInShop, movement.cause, of: ledger)
        {
            try await store.post(posted.failedInShop.turn(given), to: orderID)
        }
    }

    // MARK: Units

    /// How many units of each line the shop has taken back by refunds that somebody made there, and by edits of the order,
    /// by the id of the line.
    private func unitsTakenBack(of sale: Sale) -> [String: Int] {
        Dictionary(sale.lines.map { ($0.id, takenBack(of: $0)) }) { first, _ in first }
    }

    /// A refund all of whose money failed took none.
    private func takenBack(of line: RefundOrderLine) -> Int {
        let inForce = order.refunds.filter { refund in
            guard refund.ours == nil else { return false }
            let movements = movements(of: refund)
            return movements.isEmpty || !movements.allSatisfy(\.hasFailed)
        }
        return min(line.quantity, units(of: line, in: inForce) + removedByEdit(from: line))
    }

    /// Units that an edit of the order has removed, and no refund tells of: what the shop writes down as a refund without
    /// payments is counted with those.
    private func removedByEdit(from line: RefundOrderLine) -> Int {
        guard let removed = order.lines.first(where: { $0.id.text == line.id })?.removed,
            // WHY: of a refund that does not tell its lines it is not known which of the removed units are its.
            order.refunds.allSatisfy({ $0.lines != nil })
        else { return 0 }
        return max(0, removed - units(of: line, in: order.refunds))
    }

    private func units(of line: RefundOrderLine, in refunds: [ShopifyRefund]) -> Int {
        refunds.flatMap { $0.lines ?? [] }.reduce(0) { $1.lineItemID.text == line.id ? $0 + $1.quantity : $0 }
    }
}

extension ShopifyRefund {
    /// The refund of ours that it was made for; nil for one that somebody made in the shop.
    fileprivate var ours: RefundID? { references.compactMap(RefundID.init).last }
}

extension ShopifyTransaction {
    /// The amount as the order's ledger is kept.
    ///
    /// Failure: a ``Refusal`` `foreign_payment` for one in another currency: it is not converted, a person has to look at
    /// it. `MoneyError` for what is no amount.
    fileprivate func money(of ledger: Ledger) throws -> Money {
        let currency = ledger.sale.currency
        guard let amount = self.amount(in: currency.code) else {
            let told = self.currency ?? ""
            throw Refusal(
                code: "foreign_payment",
                message: "Payment \(id) is in \(told), and order \(ledger.orderID) is kept in \(currency).")
        }
        return try Money(amount, currency)
    }

    /// What entries of the ledger name it by.
    fileprivate var cause: String { "shopify-transaction-\(id)" }
}
