import Commerce
import Messaging

/// A bank took a payment into dispute, or has decided.
///
/// While a dispute is open its money is no room for refunds, and nothing is refunded to that payment; won, it is as
/// before; lost, the money is gone to the customer.
struct DisputeUpdate: Sendable {
    let orderID: OrderID
    let dispute: ShopMoneyPayload
    let transaction: HandlerTransaction

    func post() async throws {
        let store = LedgerStore(transaction)
        // WHY: no refusal, which would be the end of it; tried again, it finds the payments or an operator.
        guard let ledger = try await store.lock(orderID) else { throw PaymentsNotRead(orderID: orderID) }
        let cause = "shopify-dispute-\(dispute.id)"
        let opened = try await opened(cause, ledger, store)
        switch dispute.status {
        case "won": try await end(opened.won, store)
        case "lost", "accepted", "charge_refunded": try await end(opened.lost, store)
        default: break
        }
    }

    /// The entry of the dispute's beginning, posted now where it is not there yet.
    private func opened(_ cause: String, _ ledger: Ledger, _ store: LedgerStore) async throws -> LedgerEntry {
        if let entry = try await store.entry(.disputeOpened, cause, of: ledger) { return entry }
        guard let tender = disputed(ledger) else { throw PaymentsNotRead(orderID: orderID) }
        try await store.setDispute(cause, on: tender.id)
        let amount = try Money(dispute.amount, ledger.sale.currency)
        let held = Money(
            minorUnits: max(0, min(amount.minorUnits, tender.room)), currency: ledger.sale.currency)
        let entry = LedgerEntry.disputeOpened(held, tender: tender.id.description, cause: cause)
        try await store.post(entry, to: orderID)
        return entry
    }

    private func end(_ entry: LedgerEntry, _ store: LedgerStore) async throws {
        try await store.post(entry, to: orderID)
        try await store.endDispute(entry.cause, of: orderID)
    }

    /// A dispute names no payment: it is about the one with the most left, and never a gift card or store credit.
    private func disputed(_ ledger: Ledger) -> LedgerTender? {
        let cards = ledger.tenders.filter { $0.kind == "card" }
        return (cards.isEmpty ? ledger.tenders : cards).max { $0.room < $1.room }
    }
}

/// The dispute is about an order or payments that have not been read in the shop yet.
struct PaymentsNotRead: Error, CustomStringConvertible {
    let orderID: OrderID?

    var description: String {
        "no payment of \(orderID.map { "order \($0)" } ?? "the dispute's order") is known yet; requeue this once it is"
    }
}
