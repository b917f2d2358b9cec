import Commerce
import Foundation
import Messaging
import Postgres

/// What single payments have given of refunds that failed with others: entries of their order's ledger.
///
/// The order's ledger is locked by whoever changes them.
struct RefundPartStore: Sendable {
    private let ledger: Ledger
    private let transaction: HandlerTransaction

    init(of ledger: Ledger, _ transaction: HandlerTransaction) {
        self.ledger = ledger
        self.transaction = transaction
    }

    private var entries: LedgerStore { LedgerStore(transaction) }

    // MARK: Reading

    /// What stands of a refund's parts.
    func standing(of refund: RefundID) async throws -> [LedgerEntry] {
        var standing: [LedgerEntry] = []
        for cause in try await causes(of: refund) {
            if let entry = try await entries.entry(.refundInShop, cause, of: ledger) { standing.append(entry) }
        }
        return standing
    }

    /// What stands of all refunds of a return.
    func standing(of returnID: ReturnID) async throws -> [LedgerEntry] {
        var standing: [LedgerEntry] = []
        for refund in try await RefundStore(transaction).all(of: returnID) {
            standing += try await self.standing(of: refund)
        }
        return standing
    }

    /// The causes under which parts of a refund were posted more often than taken back.
    private func causes(of refund: RefundID) async throws -> [String] {
        try await transaction.database.query(
            """
            SELECT split_part(cause, \(LedgerEntry.turnMark), 1) AS part FROM entries
            WHERE order_id = \(ledger.orderID.uuid) AND kind IN ('refund_in_shop', 'refund_in_shop_failed')
                AND starts_with(cause, \(Self.prefix(refund)))
            GROUP BY part HAVING count(*) FILTER (WHERE kind = 'refund_in_shop') > count(*) / 2
            ORDER BY part
            """
        ).map { try $0("part") }
    }

    private static func prefix(_ refund: RefundID) -> String { "\(refund)/" }

    // MARK: Writing

    /// Posts the parts that are new and takes back those that are gone.
    /// - Returns: a name for the last change; nil where there was none.
    ///
    /// Failure: `MoneyError` where the amounts are none in the order's currency.
    func settle(_ parts: [RefundNews.Part], of refund: RefundID) async throws -> String? {
        var change: String?
        var gone = Set(try await causes(of: refund))
        for part in parts {
            let cause = Self.prefix(refund) + part.id
            guard gone.remove(cause) == nil, let entry = try await entry(part, of: refund, cause) else { continue }
            change = try await post(entry) ?? change
        }
        for cause in gone.sorted() {
            guard let posted = try await entries.entry(.refundInShop, cause, of: ledger) else { continue }
            change = try await post(posted.failedInShop) ?? change
        }
        return change
    }

    /// Nil for a payment that is not known here.
    private func entry(
        _ part: RefundNews.Part, of refund: RefundID, _ cause: String
    ) async throws -> LedgerEntry? {
        guard let tender = ledger.tenders.first(where: { $0.externalID == part.parentID }),
            let requested = try await entries.entry(.refundRequested, refund.description, of: ledger)
        else { return nil }
        let amount = try Money(part.amount, ledger.sale.currency)
        guard amount.minorUnits > 0 else { return nil }
        return try requested.part(amount.minorUnits, from: tender.id.description, cause: cause)
    }

    private func post(_ entry: LedgerEntry) async throws -> String? {
        let before = try await entries.turns(of: entry.kind, entry.cause, of: ledger.orderID)
        let next = entry.turn(before + 1)
        return try await entries.post(next, to: ledger.orderID) ? "\(next.kind.rawValue) \(next.cause)" : nil
    }
}

extension [LedgerEntry] {
    /// What went back with all of them; nil for nothing.
    func refunded(in currency: Currency) -> Money? {
        let amount = reduce(Int64(0)) { $0 + $1.refunded }
        return amount == 0 ? nil : Money(minorUnits: amount, currency: currency)
    }

    /// What of it was the order's shipping.
    var shipping: RefundedShipping { RefundedShipping(net: debited(.shipping), tax: debited(.shippingTax)) }

    private func debited(_ account: LedgerAccount) -> Int64 {
        flatMap(\.postings).reduce(0) { $1.account == account ? $0 + $1.debit - $1.credit : $0 }
    }
}
