import Commerce
import Messaging
import Providers

/// A bank took a payment into dispute, or has decided.
///
/// While a dispute is open its money is no room for refunds, and nothing is refunded to that payment; won, it is as
/// before; lost, the money is gone to the customer. Each dispute has a record of its own, so that its news may come in
/// any order, as often as they like, and beside another dispute of the same payment.
struct DisputeUpdate: Sendable {
    let orderID: OrderID
    let dispute: ShopMoneyPayload
    let transaction: HandlerTransaction

    private var store: DisputeStore { DisputeStore(transaction, of: orderID) }
    private var id: String { dispute.id.text }

    func post() async throws {
        let ledgers = LedgerStore(transaction)
        // WHY: no refusal, which would be the end of it; tried again, it finds the payments or an operator.
        guard let ledger = try await ledgers.lock(orderID) else { throw PaymentsNotRead(orderID: orderID) }
        var dispute = try await known(ledger)
        if let entry = dispute.hear(news) {
            try await ledgers.post(entry, to: orderID)
            try await store.save(dispute, of: id)
        }
        try await settleHolds(of: dispute)
    }

    /// What one dispute of a payment gives up, the others hold; what is gone with one, none can hold. So all of them
    /// together hold the same in the end, in whatever order they are heard of.
    private func settleHolds(of changed: Dispute) async throws {
        guard let ledger = try await LedgerStore(transaction).lock(orderID),
            let tender = ledger.tenders.first(where: { $0.id == changed.tender })
        else { return }
        var free = tender.free
        for (id, dispute) in try await store.open(on: tender.id, in: ledger.sale.currency) {
            var dispute = dispute
            let before = dispute.held
            let event = "\(changed.cause) \(changed.status.rawValue)"
            guard let entry = dispute.hold(beside: event, free: free),
                try await LedgerStore(transaction).post(entry, to: orderID)
            else { continue }
            try await store.save(dispute, of: id)
            free -= dispute.held - before
        }
    }

    /// The dispute as it stands, begun now where nothing was known of it.
    private func known(_ ledger: Ledger) async throws -> Dispute {
        if let dispute = try await store.find(id, in: ledger.sale.currency) { return dispute }
        guard let amount = self.dispute.amount else { throw MalformedMessage("the dispute has no 'amount'") }
        let money = try held(amount, of: ledger.sale)
        guard let tender = disputed(money, ledger) else { throw PaymentsNotRead(orderID: orderID) }
        let dispute = Dispute(DisputeStore.cause(of: id), of: money, on: tender)
        try await store.insert(dispute, id: id)
        try await LedgerStore(transaction).post(dispute.opening, to: orderID)
        return dispute
    }

    /// As the order's ledger is kept; told in the currency of the shop's books, by the rate of the sale.
    private func held(_ amount: DecimalText, of sale: Sale) throws -> Money {
        let told = dispute.currency ?? sale.currency.code
        guard let currency = [sale.currency, sale.inBooks.currency].first(where: { $0.code == told }) else {
            throw MalformedMessage("the dispute is in \(told), its order in \(sale.currency)")
        }
        return try sale.converted(Money(amount, currency), to: sale.currency)
    }

    private var news: Dispute.Status {
        switch dispute.status {
        // WHY: a dispute that ends in a refund takes nothing else; the refund is a movement of its own.
        case "won", "charge_refunded", "prevented": .won
        case "lost", "accepted": .lost
        default: .open
        }
    }

    /// A dispute names no payment. It is about the one of its amount, otherwise the largest, and never a gift card or
    /// store credit; what was refunded meanwhile plays no part, so that the order of the news plays none.
    private func disputed(_ amount: Money, _ ledger: Ledger) -> TenderBalance? {
        let cards = ledger.tenders.filter { $0.kind == "card" }
        let candidates = cards.isEmpty ? ledger.tenders : cards
        // Of equals the first, for `max` gives the last.
        return candidates.first { $0.captured == amount.minorUnits }
            ?? candidates.reversed().max { $0.captured < $1.captured }
    }
}

/// The dispute is about an order or payments that have not been read in the shop yet.
struct PaymentsNotRead: Error, CustomStringConvertible {
    let orderID: OrderID?

    var description: String {
        "no payment of \(orderID.map { "order \($0)" } ?? "the dispute's order") is known yet; requeue this once it is"
    }
}
